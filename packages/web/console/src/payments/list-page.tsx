// The list of payments: found by filters that live in the address, walked by cursors, taken away as a file.

import type { TransactionData, TransactionsAnswer } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Flex, Grid, type TableColumnsType, Typography } from 'antd'
import { read } from '../api/call.ts'
import { useEvery } from '../api/contact.ts'
import { useMay } from '../api/me.ts'
import { News, useSteady } from '../live/steady.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Rows } from '../parts/rows.tsx'
import { useWalk, WALKED } from '../parts/walk.ts'
import { moment } from '../show/moment.ts'
import { count, money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import { ExportButton, ExportProgress, useExport } from './export.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type Filters, isNarrowed } from './filters.ts'
import { SavedViews } from './saved-views.tsx'
import { Marks } from './status-tag.tsx'

const LIMIT = 50
const EVERY_MS = 10_000

export function ListPage() {
  const words = useWords()
  const may = useMay()
  const filters = useSearch({ from: '/payments' })
  const navigate = useNavigate()
  const everyMs = useEvery(EVERY_MS)
  const page = useQuery({
    queryKey: ['payments', filters],
    queryFn: () =>
      read<TransactionsAnswer>('/api/admin/transactions', { ...filters, limit: LIMIT }),
    placeholderData: keepPreviousData,
    // Only the newest page changes under one's eyes.
    refetchInterval: filters.cursor === undefined ? everyMs : false,
  })
  const exporting = useExport(filters)
  const list = useWalk()
  const hasKeys = Grid.useBreakpoint().lg === true
  const rows = page.data?.transactions ?? []
  const view = page.isPlaceholderData ? null : JSON.stringify(filters)
  const { news, show, shown } = useSteady(rows, ({ transaction_id: id }) => id, view)
  const go = (search: Filters) => void navigate({ to: '/payments', search })
  return (
    <Page
      title={words.pages.payments}
      actions={may('payments.export') ? <ExportButton {...exporting} /> : null}
    >
      <FilterBar filters={filters} onChange={go} />
      <SavedViews filters={filters} onOpen={go} />
      <ExportProgress
        exporting={exporting}
        total={page.data?.total_exact === true ? page.data.total : null}
      />
      <Loaded query={page} rows={12}>
        {({ next_cursor: next, total, total_exact: isExact }) => (
          <>
            <Flex gap={12} align="center" wrap style={{ minHeight: 24 }}>
              <Typography.Text type="secondary">
                {words.payments.total(count(total), isExact)}
                {hasKeys && shown.length > 0 ? ` · ${words.views.keys}` : null}
              </Typography.Text>
              <News news={news} show={show} />
            </Flex>
            <div ref={list}>
              <Rows
                rows={shown}
                keyOf={(row) => row.transaction_id}
                columns={columns(words)}
                card={(row) => <PaymentCard payment={row} />}
                none={words.payments.none}
                noneHint={isNarrowed(filters) ? undefined : words.payments.noneHint}
                onOpen={({ transaction_id: id }) =>
                  void navigate({ to: '/payments/$id', params: { id } })
                }
              />
            </div>
            <Flex gap={8}>
              {filters.cursor === undefined ? null : (
                <Button onClick={() => go({ ...filters, cursor: undefined })}>
                  {words.act.first}
                </Button>
              )}
              {next === null ? null : (
                <Button onClick={() => go({ ...filters, cursor: next })}>{words.act.next}</Button>
              )}
            </Flex>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function columns({ payments: { column } }: Words): TableColumnsType<TransactionData> {
  return [
    {
      title: column.created,
      width: 160,
      render: (_, { created_at: at, transaction_id: id }) => (
        <Link to="/payments/$id" params={{ id }} className="moment" {...WALKED}>
          {moment(at)}
        </Link>
      ),
    },
    {
      title: column.amount,
      align: 'right',
      width: 140,
      render: (_, { amount, currency }) => <span className="sum">{money(amount, currency)}</span>,
    },
    { title: column.status, width: 190, render: (_, row) => <Marks payment={row} /> },
    { title: column.source, ellipsis: true, dataIndex: 'source_name' },
    { title: column.customer, ellipsis: true, render: (_, row) => customerOf(row) },
    { title: column.what, ellipsis: true, render: (_, row) => row.description ?? row.order ?? '—' },
    {
      title: column.method,
      ellipsis: true,
      width: 130,
      render: (_, row) => row.payment_method_name ?? '—',
    },
  ]
}

function customerOf({
  customer_email: email,
  customer_name: name,
  customer_phone: phone,
}: TransactionData) {
  return name ?? phone ?? email ?? '—'
}

function PaymentCard({ payment }: { readonly payment: TransactionData }) {
  const { amount, created_at: at, currency, source_name: source, transaction_id: id } = payment
  const what = payment.description ?? payment.order
  return (
    <Flex vertical gap={4}>
      <Flex justify="space-between" gap={8} align="center">
        <Typography.Text strong className="sum">
          {money(amount, currency)}
        </Typography.Text>
        <Link to="/payments/$id" params={{ id }} className="moment" {...WALKED}>
          {moment(at)}
        </Link>
      </Flex>
      <Marks payment={payment} />
      <Typography.Text type="secondary" className="one-line">
        {[source, customerOf(payment), what].filter((part) => part && part !== '—').join(' · ')}
      </Typography.Text>
    </Flex>
  )
}
