// Of which payment system and country statements and days are. Who has only one of each is not asked.

import { Flex, Select } from 'antd'
import { useCountries, useOwn, useSystems } from '../api/places.ts'
import { useWords } from '../words/language.tsx'
import type { LedgerSearch } from './reconciliation-search.ts'

export interface Ledger {
  readonly system: string
  readonly country: string
}

/** Null until the lists are here, and for whoever may see none. */
export function useLedger({ country, system }: LedgerSearch): Ledger | null {
  const own = useOwn()
  const systems = useSystems().data?.filter(({ code }) => own.system(code))
  const countries = useCountries().data?.filter(({ iso }) => own.country(iso))
  const firstSystem = systems?.find(({ code }) => code === system) ?? systems?.[0]
  const firstCountry =
    countries?.find(({ iso }) => iso === country) ??
    countries?.find(({ iso }) => iso === 'KZ') ??
    countries?.[0]
  if (firstSystem === undefined || firstCountry === undefined) return null
  return { system: firstSystem.code, country: firstCountry.iso }
}

interface Props {
  readonly ledger: Ledger
  readonly onChange: (ledger: Ledger) => void
}

export function LedgerChoice({ ledger, onChange }: Props) {
  const words = useWords().reconciliation
  const own = useOwn()
  const systems = (useSystems().data ?? []).filter(({ code }) => own.system(code))
  const countries = (useCountries().data ?? []).filter(({ iso }) => own.country(iso))
  return (
    <Flex gap={8} wrap>
      {systems.length < 2 ? null : (
        <Select
          aria-label={words.system}
          value={ledger.system}
          onChange={(system: string) => onChange({ ...ledger, system })}
          options={systems.map(({ code, name }) => ({ value: code, label: name }))}
          style={{ minWidth: 140 }}
        />
      )}
      {countries.length < 2 ? null : (
        <Select
          aria-label={words.country}
          value={ledger.country}
          onChange={(country: string) => onChange({ ...ledger, country })}
          options={countries.map(({ iso, name }) => ({ value: iso, label: name }))}
          style={{ minWidth: 140 }}
        />
      )}
    </Flex>
  )
}
