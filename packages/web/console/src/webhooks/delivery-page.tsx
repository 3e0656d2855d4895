// One webhook: the body as it was sent, each try with what came back, and sending it again. What a receiver
// said is foreign text: it is shown as text and is nothing else.

import type { DeliveryAnswer, DeliveryDetails, ResendAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, App, Button, Card, Descriptions, Flex, Tag, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Part } from '../parts/part.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment, momentToSecond } from '../show/moment.ts'
import { count } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { useAdvice } from './advice.ts'
import { Sent } from './sent.tsx'
import { StateTag, useEventName } from './state-tag.tsx'

const BUSY_MS = 2_000
const CALM_MS = 15_000

export function DeliveryPage() {
  const words = useWords().webhooks
  const { id } = useParams({ from: '/deliveries/$id' })
  const delivery = useQuery({
    queryKey: ['delivery', id],
    queryFn: () => read<DeliveryAnswer>(`/api/admin/deliveries/${encodeURIComponent(id)}`),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? BUSY_MS : CALM_MS),
  })
  return (
    <Page title={words.title}>
      <Loaded query={delivery} rows={12}>
        {(data) => (
          <>
            <Head delivery={data} />
            <Part title={words.attempts}>
              <Attempts delivery={data} />
            </Part>
            <Part title={words.sent}>
              <Sent body={data.body} />
            </Part>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Head({ delivery }: { readonly delivery: DeliveryDetails }) {
  const all = useWords()
  const words = all.webhooks
  const nameOf = useEventName()
  const { source_id: sourceId, transaction_id: payment } = delivery
  return (
    <Card>
      <Flex vertical gap={12} align="flex-start">
        <Flex gap={12} align="center" wrap>
          <Typography.Text strong style={{ fontSize: 20 }}>
            {nameOf(delivery.event)}
          </Typography.Text>
          <StateTag state={delivery.state} />
        </Flex>
        <Descriptions
          size="small"
          column={1}
          items={[
            { key: 'where', label: words.where, children: delivery.endpoint },
            {
              key: 'id',
              label: words.webhookId,
              children: <Typography.Text copyable>{delivery.webhook_id}</Typography.Text>,
            },
            { key: 'at', label: words.written, children: moment(delivery.created_at) },
            ...(delivery.next_at === null
              ? []
              : [{ key: 'next', label: words.next, children: momentToSecond(delivery.next_at) }]),
          ]}
        />
        <Flex gap={16} wrap>
          <Link to="/payments/$id" params={{ id: payment }}>
            {words.payment}
          </Link>
          <Link
            to="/sources/$id"
            params={{ id: String(sourceId) }}
            search={{ tab: 'deliveries' as const }}
          >
            {all.source.tab.deliveries}
          </Link>
        </Flex>
        {delivery.resendable ? <Resend id={delivery.id} /> : null}
      </Flex>
    </Card>
  )
}

function Resend({ id }: { readonly id: string }) {
  const words = useWords().webhooks
  const may = useMay()
  const { message } = App.useApp()
  const client = useQueryClient()
  const sending = useMutation({
    mutationFn: () => write<ResendAnswer>('POST', `/api/admin/deliveries/${id}/resend`),
    onSuccess: async () => {
      void message.success(words.resent)
      await client.invalidateQueries({ queryKey: ['delivery', id] })
    },
  })
  if (!may('deliveries.resend')) return null
  return (
    <Flex vertical gap={4} align="flex-start">
      <Button type="primary" loading={sending.isPending} onClick={() => sending.mutate()}>
        {words.resend}
      </Button>
      <Typography.Text type="secondary">{words.resendEffect}</Typography.Text>
      <Trouble error={sending.error} ofWrite />
    </Flex>
  )
}

function Attempts({ delivery: { attempts } }: { readonly delivery: DeliveryDetails }) {
  const words = useWords().webhooks
  const adviceOf = useAdvice()
  if (attempts.length === 0) {
    return <Typography.Text type="secondary">{words.noAttempts}</Typography.Text>
  }
  return (
    <Flex vertical gap={20}>
      {attempts.map((tried) => (
        <Flex key={tried.at_utc} vertical gap={6}>
          <Flex gap={8} align="center" wrap>
            <Typography.Text className="moment">{momentToSecond(tried.at)}</Typography.Text>
            <Tag color={tried.reason === null ? 'success' : 'error'}>
              {tried.http_status ?? words.noAnswer}
            </Tag>
            <Typography.Text type="secondary">{words.took(count(tried.took_ms))}</Typography.Text>
          </Flex>
          {tried.reason === null ? (
            <Typography.Text type="secondary">{words.taken}</Typography.Text>
          ) : (
            <Alert type="error" showIcon title={adviceOf(tried.reason, tried)} />
          )}
          {tried.http_status === null ? null : <Said answer={tried.answer} />}
          <Sent headers={tried.headers} />
        </Flex>
      ))}
    </Flex>
  )
}

export function Said({ answer }: { readonly answer: string | null }) {
  const words = useWords().webhooks
  return (
    <div>
      <Typography.Text type="secondary">
        {answer === null ? words.nothingSaid : words.answer}
      </Typography.Text>
      {answer === null ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        <pre className="said" tabIndex={0}>
          {answer}
        </pre>
      )}
    </div>
  )
}
