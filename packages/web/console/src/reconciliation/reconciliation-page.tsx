// The reconciliation: the bank's statements, and the days that are closed once these agree.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Page } from '../parts/page.tsx'
import { Sections } from '../parts/sections.tsx'
import { useWords } from '../words/language.tsx'
import { Days } from './days.tsx'
import { LedgerChoice, useLedger } from './ledger.tsx'
import type { ReconciliationSearch } from './reconciliation-search.ts'
import { Statements } from './statements.tsx'

const TABS = ['statements', 'days'] as const

export function ReconciliationPage() {
  const words = useWords()
  const search = useSearch({ from: '/reconciliation' })
  const navigate = useNavigate()
  const ledger = useLedger(search)
  const { tab = 'statements' } = search
  const go = (next: ReconciliationSearch) => void navigate({ to: '/reconciliation', search: next })
  return (
    <Page
      title={words.pages.reconciliation}
      actions={
        ledger === null ? null : (
          <LedgerChoice
            ledger={ledger}
            onChange={(chosen) => go({ ...search, ...chosen, cursor: undefined })}
          />
        )
      }
    >
      <Sections
        here={tab}
        sections={TABS.map((key) => ({ key, title: words.reconciliation.tab[key] }))}
        onGo={(key) => go({ ...search, tab: key, cursor: undefined })}
      />
      {ledger === null ? null : tab === 'statements' ? (
        <Statements ledger={ledger} search={search} onGo={go} />
      ) : (
        <Days ledger={ledger} search={search} onGo={go} />
      )}
    </Page>
  )
}
