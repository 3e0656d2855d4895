// The statements that were uploaded, the newest first, each with what its operations came to.

import type { StatementData, StatementsAnswer } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Flex, type TableColumnsType, Tag, Typography } from 'antd'
import { useState } from 'react'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { moment } from '../show/moment.ts'
import { count } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import { KnownTables } from './known-tables.tsx'
import type { Ledger } from './ledger.tsx'
import type { ReconciliationSearch } from './reconciliation-search.ts'
import { StatementUpload } from './statement-upload.tsx'

const LIMIT = 30

export interface TabProps {
  readonly ledger: Ledger
  readonly search: ReconciliationSearch
  readonly onGo: (search: ReconciliationSearch) => void
}

export function Statements({ ledger, search, onGo }: TabProps) {
  const words = useWords()
  const navigate = useNavigate()
  const [isKnownOpen, setKnownOpen] = useState(false)
  const { cursor } = search
  const page = useQuery({
    queryKey: ['statements', cursor],
    queryFn: () => read<StatementsAnswer>('/api/admin/statements', { limit: LIMIT, cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <StatementUpload ledger={ledger} />
      <Button style={{ alignSelf: 'flex-start' }} onClick={() => setKnownOpen(true)}>
        {words.reconciliation.columns.known}
      </Button>
      {isKnownOpen ? <KnownTables onClose={() => setKnownOpen(false)} /> : null}
      <Loaded query={page}>
        {({ next_cursor: next, statements }) => (
          <>
            <Rows
              rows={statements}
              keyOf={({ id }) => id}
              columns={columns(words)}
              card={(row) => <StatementCard statement={row} />}
              none={words.reconciliation.list.none}
              noneHint={words.reconciliation.list.noneHint}
              onOpen={({ id }) =>
                void navigate({
                  to: '/reconciliation/statements/$id',
                  params: { id: String(id) },
                })
              }
            />
            <Flex gap={8}>
              {cursor === undefined ? null : (
                <Button onClick={() => onGo({ ...search, cursor: undefined })}>
                  {words.act.first}
                </Button>
              )}
              {next === null ? null : (
                <Button onClick={() => onGo({ ...search, cursor: next })}>{words.act.next}</Button>
              )}
            </Flex>
          </>
        )}
      </Loaded>
    </>
  )
}

function columns({ reconciliation: { list } }: Words): TableColumnsType<StatementData> {
  return [
    {
      title: list.uploaded,
      width: 190,
      render: (_, row) => (
        <>
          <span className="moment">{moment(row.uploaded_at)}</span>
          <Typography.Text type="secondary" className="one-line">
            {row.uploaded_by}
          </Typography.Text>
        </>
      ),
    },
    { title: list.file, ellipsis: true, render: (_, row) => <StatementLink statement={row} /> },
    { title: list.period, width: 190, render: (_, row) => <Period statement={row} /> },
    {
      title: list.operations,
      align: 'right',
      width: 120,
      render: (_, row) => <span className="sum">{count(row.operations)}</span>,
    },
    { title: list.verdicts, width: 330, render: (_, row) => <Verdicts statement={row} /> },
  ]
}

interface OneProps {
  readonly statement: StatementData
}

function StatementLink({ statement: { file_name: name, id } }: OneProps) {
  const words = useWords().reconciliation.list
  return (
    <Link to="/reconciliation/statements/$id" params={{ id: String(id) }}>
      {name ?? words.noName(id)}
    </Link>
  )
}

export function Period({ statement }: OneProps) {
  const [from, to] = [statement.covers_from, statement.covers_to].map((at) =>
    moment(at.slice(0, 10)),
  )
  return <span className="moment">{from === to ? from : `${from} – ${to}`}</span>
}

export const VERDICT_COLOURS = {
  matched: 'success',
  different: 'warning',
  ambiguous: 'warning',
  missing_here: 'error',
} as const

function Verdicts({ statement: { verdicts } }: OneProps) {
  const words = useWords().reconciliation.outcome
  return (
    <Flex gap={4} wrap>
      {verdicts.map(({ operations, verdict }) => (
        <Tag key={verdict} color={VERDICT_COLOURS[verdict]}>
          {words[verdict]}: {count(operations)}
        </Tag>
      ))}
    </Flex>
  )
}

function StatementCard({ statement }: OneProps) {
  return (
    <Flex vertical gap={4}>
      <StatementLink statement={statement} />
      <Typography.Text type="secondary">
        <Period statement={statement} /> · {statement.uploaded_by},{' '}
        <span className="moment">{moment(statement.uploaded_at)}</span>
      </Typography.Text>
      <Verdicts statement={statement} />
    </Flex>
  )
}
