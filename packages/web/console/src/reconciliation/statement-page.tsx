// One statement of the bank: what of it agrees, what is missing on either side, what differs, and what may be
// done about each.

import type { StatementAnswer, StatementData } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Typography } from 'antd'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Sections } from '../parts/sections.tsx'
import { moment } from '../show/moment.ts'
import { count } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { MissingThere } from './missing-there.tsx'
import { Operations } from './operations.tsx'
import { OUTCOMES, type Outcome, type StatementSearch } from './reconciliation-search.ts'
import { Period } from './statements.tsx'

export function StatementPage() {
  const words = useWords()
  const { id } = useParams({ from: '/reconciliation/statements/$id' })
  const statement = useQuery({
    queryKey: ['statements', 'one', id],
    queryFn: () => read<StatementAnswer>(`/api/admin/statements/${id}`),
  })
  const title = statement.data?.file_name ?? words.reconciliation.list.noName(Number(id))
  return (
    <Page
      title={title}
      actions={
        <Link to="/reconciliation" search={{ tab: 'statements' }}>
          {words.pages.reconciliation}
        </Link>
      }
    >
      <Loaded query={statement}>{(data) => <Told statement={data} />}</Loaded>
    </Page>
  )
}

function Told({ statement }: { readonly statement: StatementData }) {
  const words = useWords().reconciliation
  const { outcome = 'all', cursor } = useSearch({ from: '/reconciliation/statements/$id' })
  const navigate = useNavigate()
  const { id } = statement
  const go = (search: StatementSearch) =>
    void navigate({
      to: '/reconciliation/statements/$id',
      params: { id: String(id) },
      search,
    })
  return (
    <>
      <Typography.Text type="secondary">
        <Period statement={statement} /> · {statement.uploaded_by},{' '}
        <span className="moment">{moment(statement.uploaded_at)}</span>
        {statement.repeated === 0 ? null : ` · ${words.list.repeated(count(statement.repeated))}`}
      </Typography.Text>
      <Sections
        here={outcome}
        sections={OUTCOMES.map((key) => ({
          key,
          title: words.outcome[key],
          count: countOf(statement, key),
        }))}
        onGo={(key) => go({ outcome: key })}
      />
      <Typography.Text type="secondary">{words.outcomeText[outcome]}</Typography.Text>
      {outcome === 'missing_there' ? (
        <MissingThere statementId={id} cursor={cursor} onGo={go} />
      ) : (
        <Operations statementId={id} outcome={outcome} cursor={cursor} onGo={go} />
      )}
    </>
  )
}

/** Of what the statement itself counts. */
function countOf({ operations, repeated, verdicts }: StatementData, outcome: Outcome): number {
  if (outcome === 'all') return operations - repeated
  return verdicts.find(({ verdict }) => verdict === outcome)?.operations ?? 0
}
