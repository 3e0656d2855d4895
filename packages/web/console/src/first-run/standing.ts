// How the centre stands before and after its first member of staff, as it says itself. Nothing of it is
// remembered by the page.

import type {
  FirstRunAnswer,
  SetupAnswer,
  SourcesAnswer,
  TerminalsAnswer,
} from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/call.ts'
import { SETUP, useMay } from '../api/me.ts'

export type FirstRun = FirstRunAnswer['data']
export type StepName = FirstRun['steps'][number]['step']
export type Terminal = TerminalsAnswer['data'][number]
export type Source = SourcesAnswer['data'][number]

export const FIRST_RUN = ['first-run'] as const

/** Asked only where nobody is logged in. */
export function useSetup() {
  return useQuery({ queryKey: SETUP, queryFn: () => read<SetupAnswer>('/api/setup') })
}

export function useFirstRun(everyMs: number | false) {
  const may = useMay()
  return useQuery({
    queryKey: FIRST_RUN,
    queryFn: () => read<FirstRunAnswer>('/api/admin/first-run'),
    // A super admin's: nobody else could do anything about it.
    enabled: may('settings.write'),
    refetchInterval: everyMs,
  })
}
