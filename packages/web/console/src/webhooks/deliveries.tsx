// What one source was told, narrowed by filters that live in the address and walked by cursors.

import type { DeliveriesAnswer, DeliveryData } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Flex, type TableColumnsType, Typography } from 'antd'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { moment } from '../show/moment.ts'
import type { DeliveryFilters } from '../sources/source-search.ts'
import { useWords } from '../words/language.tsx'
import { DeliveryFilterBar } from './filter-bar.tsx'
import { LastAnswer, StateTag, useEventName } from './state-tag.tsx'

const LIMIT = 50
const EVERY_MS = 5_000

interface Props {
  readonly sourceId: number
  readonly filters: DeliveryFilters
  readonly onFilter: (filters: DeliveryFilters) => void
}

export function Deliveries({ sourceId, filters, onFilter }: Props) {
  const words = useWords()
  const navigate = useNavigate()
  const columns = useColumns()
  const page = useQuery({
    queryKey: ['deliveries', sourceId, filters],
    queryFn: () =>
      read<DeliveriesAnswer>('/api/admin/deliveries', {
        ...filters,
        source_id: sourceId,
        limit: LIMIT,
      }),
    placeholderData: keepPreviousData,
    // Only the newest page changes under one's eyes.
    refetchInterval: filters.cursor === undefined ? EVERY_MS : false,
  })
  const { cursor, ...narrowing } = filters
  const isNarrowed = Object.values(narrowing).some((value) => value !== undefined)
  return (
    <>
      <DeliveryFilterBar filters={filters} onFilter={onFilter} />
      <Loaded query={page} rows={10}>
        {({ deliveries, next_cursor: next }) => (
          <>
            <Rows
              rows={deliveries}
              keyOf={({ id }) => id}
              columns={columns}
              card={(delivery) => <DeliveryCard delivery={delivery} />}
              none={isNarrowed ? words.webhooks.noneFound : words.webhooks.none}
              noneHint={isNarrowed ? undefined : words.webhooks.noneHint}
              onOpen={({ id }) => void navigate({ to: '/deliveries/$id', params: { id } })}
            />
            <Flex gap={8}>
              {cursor === undefined ? null : (
                <Button onClick={() => onFilter(narrowing)}>{words.act.first}</Button>
              )}
              {next === null ? null : (
                <Button onClick={() => onFilter({ ...filters, cursor: next })}>
                  {words.act.next}
                </Button>
              )}
            </Flex>
          </>
        )}
      </Loaded>
    </>
  )
}

function Written({ delivery }: { readonly delivery: DeliveryData }) {
  return (
    <Link to="/deliveries/$id" params={{ id: delivery.id }} className="moment">
      {moment(delivery.created_at)}
    </Link>
  )
}

function useColumns(): TableColumnsType<DeliveryData> {
  const words = useWords().webhooks
  const nameOf = useEventName()
  return [
    {
      title: words.written,
      width: 160,
      render: (_, delivery) => <Written delivery={delivery} />,
    },
    { title: words.event, width: 170, render: (_, { event }) => nameOf(event) },
    { title: words.state, width: 170, render: (_, { state }) => <StateTag state={state} /> },
    {
      title: words.code,
      width: 130,
      align: 'right',
      render: (_, delivery) => <LastAnswer delivery={delivery} />,
    },
    { title: words.tries, dataIndex: 'tries', width: 90, align: 'right' },
    { title: words.where, dataIndex: 'endpoint', ellipsis: true },
  ]
}

function DeliveryCard({ delivery }: { readonly delivery: DeliveryData }) {
  const nameOf = useEventName()
  return (
    <Flex vertical gap={4}>
      <Flex justify="space-between" align="center" gap={8}>
        <Typography.Text strong>{nameOf(delivery.event)}</Typography.Text>
        <Written delivery={delivery} />
      </Flex>
      <Flex gap={8} align="center" wrap>
        <StateTag state={delivery.state} />
        <Typography.Text type="secondary">
          <LastAnswer delivery={delivery} />
        </Typography.Text>
      </Flex>
      <Typography.Text type="secondary" className="one-line">
        {delivery.endpoint}
      </Typography.Text>
    </Flex>
  )
}
