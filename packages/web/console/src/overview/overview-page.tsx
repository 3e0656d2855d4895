// How the centre is doing: money by day, method and source, what of payments came to be paid, what is kept and
// what the bank takes, how the terminals work, and what waits for a person. All of it as the centre sums it.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Flex, Select } from 'antd'
import { useFigures } from '../api/figures.ts'
import { useToday } from '../api/me.ts'
import { useSystems } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { PeriodChoice } from '../parts/period-choice.tsx'
import { type Period, periodOf } from '../show/period.ts'
import { useWords } from '../words/language.tsx'
import { ByDay, ByMethod, BySource, ByTerminal } from './charts.tsx'
import type { OverviewSearch } from './overview-search.ts'
import { Totals } from './totals.tsx'
import { Waiting } from './waiting.tsx'

const EVERY_MS = 60_000

export function OverviewPage() {
  const words = useWords()
  const search = useSearch({ from: '/overview' })
  const navigate = useNavigate()
  const period = periodOf(search, useToday())
  const go = (next: OverviewSearch) => void navigate({ to: '/overview', search: next })
  return (
    <Page
      title={words.pages.overview}
      actions={
        <CurrencyChoice
          currency={search.currency}
          onChange={(currency) => go({ ...search, currency })}
        />
      }
    >
      <PeriodChoice period={period} onChange={(chosen) => go({ ...search, ...chosen })} />
      <Waiting />
      <Told period={period} currency={search.currency} />
    </Page>
  )
}

interface ToldProps {
  readonly period: Period
  readonly currency: string | undefined
}

function Told({ period, currency }: ToldProps) {
  const byDay = useFigures(period, ['day'], currency, EVERY_MS)
  const byMethod = useFigures(period, ['product'], currency, EVERY_MS)
  const bySource = useFigures(period, ['source'], currency, EVERY_MS)
  const byTerminal = useFigures(period, ['terminal'], currency, EVERY_MS)
  return (
    <Flex vertical gap={16}>
      <Loaded query={byDay} rows={10}>
        {(figures) => (
          <>
            <Totals figures={figures} period={period} currency={currency} />
            <ByDay figures={figures} />
          </>
        )}
      </Loaded>
      <div className="halves">
        <Loaded query={byMethod}>{(figures) => <ByMethod figures={figures} />}</Loaded>
        <Loaded query={bySource}>{(figures) => <BySource figures={figures} />}</Loaded>
        <Loaded query={byTerminal}>{(figures) => <ByTerminal figures={figures} />}</Loaded>
      </div>
    </Flex>
  )
}

interface CurrencyProps {
  readonly currency: string | undefined
  readonly onChange: (currency: string) => void
}

/** Sums of two currencies are never added, so where there is more than one it is chosen. */
function CurrencyChoice({ currency = 'KZT', onChange }: CurrencyProps) {
  const words = useWords().overview
  const systems = useSystems().data ?? []
  const currencies = [...new Set(systems.map((system) => system.currency))]
  if (currencies.length < 2) return null
  return (
    <Select
      aria-label={words.currency}
      value={currency}
      onChange={onChange}
      options={currencies.map((value) => ({ value, label: value }))}
    />
  )
}
