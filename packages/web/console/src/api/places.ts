// The names that filters and forms choose from: sources, methods, terminals, each for whoever may see them.

import type {
  CountriesAnswer,
  MethodsAnswer,
  PaymentSystemsAnswer,
  SourcesAnswer,
  TerminalsAnswer,
} from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { read } from './call.ts'
import { useMay, useMe } from './me.ts'

const RARELY_MS = 60_000

export function useSources() {
  const may = useMay()
  return useQuery({
    queryKey: ['sources'],
    queryFn: () => read<SourcesAnswer>('/api/admin/sources'),
    enabled: may('sources.read'),
    staleTime: RARELY_MS,
  })
}

export function useMethods() {
  const may = useMay()
  return useQuery({
    queryKey: ['methods'],
    queryFn: () => read<MethodsAnswer>('/api/admin/payment-methods'),
    enabled: may('methods.read'),
    staleTime: RARELY_MS,
  })
}

export function useTerminals(everyMs: number | false = false) {
  const may = useMay()
  return useQuery({
    queryKey: ['terminals'],
    queryFn: () => read<TerminalsAnswer>('/api/admin/terminals'),
    enabled: may('terminals.read'),
    refetchInterval: everyMs,
  })
}

export function useCountries() {
  return useQuery({
    queryKey: ['countries'],
    queryFn: () => read<CountriesAnswer>('/api/admin/countries'),
    staleTime: RARELY_MS,
  })
}

export function useSystems() {
  return useQuery({
    queryKey: ['payment-systems'],
    queryFn: () => read<PaymentSystemsAnswer>('/api/admin/payment-systems'),
    staleTime: RARELY_MS,
  })
}

/** Those of these codes that the lists of whoever is here leave them. */
export function useOwn() {
  const { allowed_country_codes: countries, allowed_payment_systems: systems } = useMe()
  return {
    country: (iso: string) => countries === null || countries.includes(iso),
    system: (code: string) => systems === null || systems.includes(code),
  }
}
