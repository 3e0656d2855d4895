// Operations of one statement by outcome, each with its payment and, where something does not agree, with the
// entry of the desk at which it is worked.

import type { DeskEntryAnswer, OperationData, OperationsAnswer } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer, Flex, type TableColumnsType, Tag, Typography } from 'antd'
import { useState } from 'react'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { EntryCard } from '../tasks/entry-card.tsx'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import { PageTurn } from './page-turn.tsx'
import type { Outcome, StatementSearch } from './reconciliation-search.ts'
import { VERDICT_COLOURS } from './statements.tsx'

const LIMIT = 50

interface Props {
  readonly statementId: number
  readonly outcome: Exclude<Outcome, 'missing_there'>
  readonly cursor: string | undefined
  readonly onGo: (search: StatementSearch) => void
}

export function Operations({ statementId, outcome, cursor, onGo }: Props) {
  const words = useWords()
  const [entryId, setEntryId] = useState<number | null>(null)
  const verdict = outcome === 'all' ? undefined : outcome
  const page = useQuery({
    // Under the desks: what is done with an entry has this asked for again.
    queryKey: ['desks', 'operations', statementId, verdict, cursor],
    queryFn: () =>
      read<OperationsAnswer>(`/api/admin/statements/${statementId}/operations`, {
        verdict,
        limit: LIMIT,
        cursor,
      }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={page} rows={10}>
      {({ next_cursor: next, operations }) => (
        <>
          <Rows
            rows={operations}
            keyOf={({ id }) => id}
            columns={columns(words, setEntryId)}
            card={(row) => <OperationCard operation={row} onEntry={setEntryId} />}
            none={words.reconciliation.operation.none}
          />
          <PageTurn
            cursor={cursor}
            next={next}
            onGo={(to) => onGo({ ...(outcome === 'all' ? {} : { outcome }), cursor: to })}
          />
          {entryId === null ? null : (
            <EntryDrawer entryId={entryId} onClose={() => setEntryId(null)} />
          )}
        </>
      )}
    </Loaded>
  )
}

interface DrawerProps {
  readonly entryId: number
  readonly onClose: () => void
}

function EntryDrawer({ entryId, onClose }: DrawerProps) {
  const words = useWords().reconciliation.operation
  const entry = useQuery({
    queryKey: ['desks', 'entry', entryId],
    queryFn: () => read<DeskEntryAnswer>(`/api/admin/desk-entries/${entryId}`),
  })
  return (
    <Drawer open onClose={onClose} title={words.do} size={520}>
      <Loaded query={entry}>{(data) => <EntryCard entry={data} />}</Loaded>
    </Drawer>
  )
}

type OnEntry = (id: number) => void

function columns(
  { reconciliation: { operation: words } }: Words,
  onEntry: OnEntry,
): TableColumnsType<OperationData> {
  return [
    {
      title: words.at,
      width: 160,
      render: (_, { at }) => <span className="moment">{moment(at)}</span>,
    },
    { title: words.number, ellipsis: true, render: (_, row) => row.number ?? row.rrn ?? '—' },
    {
      title: words.amount,
      align: 'right',
      width: 150,
      render: (_, row) => <Amount operation={row} />,
    },
    {
      title: words.fee,
      align: 'right',
      width: 120,
      render: (_, { fee }) => <span className="sum">{fee === null ? '—' : money(fee)}</span>,
    },
    { title: words.product, ellipsis: true, render: (_, { product }) => product ?? '—' },
    { title: words.outcome, width: 190, render: (_, row) => <Outcomes operation={row} /> },
    {
      title: words.payment,
      width: 150,
      render: (_, row) => <Ways operation={row} onEntry={onEntry} />,
    },
  ]
}

interface OneProps {
  readonly operation: OperationData
}

/** A refund is money that goes the other way. */
function Amount({ operation: { amount, operation } }: OneProps) {
  return <span className="sum">{money(operation === 'refund' ? -amount : amount)}</span>
}

function Outcomes({ operation: { differences, operation, verdict } }: OneProps) {
  const { difference, operation: words, outcome, report } = useWords().reconciliation
  const what = differences.map((name) => difference[name] ?? name).join(', ')
  return (
    <Flex gap={4} wrap>
      {operation === 'refund' ? <Tag>{words.kind.refund}</Tag> : null}
      {verdict === null ? (
        <Tag>{report.notJudged}</Tag>
      ) : (
        <Tag color={VERDICT_COLOURS[verdict]}>
          {what === '' ? outcome[verdict] : `${outcome[verdict]}: ${what}`}
        </Tag>
      )}
    </Flex>
  )
}

interface WaysProps extends OneProps {
  readonly onEntry: OnEntry
}

function Ways({ operation: { entry_id: entryId, transaction_id: id }, onEntry }: WaysProps) {
  const words = useWords()
  return (
    <Flex gap={8} wrap align="center">
      {id === null ? null : (
        <Link to="/payments/$id" params={{ id }}>
          {words.tasks.toPayment}
        </Link>
      )}
      {entryId === null ? null : (
        <Button size="small" onClick={() => onEntry(entryId)}>
          {words.reconciliation.operation.do}
        </Button>
      )}
    </Flex>
  )
}

function OperationCard({ operation, onEntry }: WaysProps) {
  const { at, number, product, rrn } = operation
  return (
    <Flex vertical gap={6}>
      <Flex justify="space-between" gap={8}>
        <Typography.Text strong>
          <Amount operation={operation} />
        </Typography.Text>
        <span className="moment">{moment(at)}</span>
      </Flex>
      <Outcomes operation={operation} />
      <Typography.Text type="secondary" className="one-line">
        {[number ?? rrn, product].filter((part) => part !== null).join(' · ')}
      </Typography.Text>
      <Ways operation={operation} onEntry={onEntry} />
    </Flex>
  )
}
