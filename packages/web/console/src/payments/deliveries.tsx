// The webhooks of a payment: where each went, whether it arrived, and sending one again.

import type { DeliveryData, ResendAnswer } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { App, Button, Flex, Typography } from 'antd'
import { write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { StateTag, useEventName } from '../webhooks/state-tag.tsx'
import { useWords } from '../words/language.tsx'
import { type Story, useAfresh } from './story.ts'

const SENDABLE: readonly DeliveryData['state'][] = ['waiting', 'delivered', 'parked']

interface Props {
  readonly story: Story
  readonly deliveries: readonly DeliveryData[]
}

export function Deliveries({ story, deliveries }: Props) {
  const words = useWords().payments
  const may = useMay()
  const nameOf = useEventName()
  const { message } = App.useApp()
  const afresh = useAfresh(story.transaction_id)
  const sending = useMutation({
    mutationFn: (id: string) => write<ResendAnswer>('POST', `/api/admin/deliveries/${id}/resend`),
    onSuccess: async () => {
      void message.success(words.delivery.resent)
      await afresh()
    },
  })
  if (deliveries.length === 0) {
    return <Typography.Text type="secondary">{words.story.noDeliveries}</Typography.Text>
  }
  return (
    <Flex vertical gap={12}>
      <Trouble error={sending.error} ofWrite />
      {deliveries.map((delivery) => (
        <Flex key={delivery.id} vertical gap={2} align="flex-start">
          <Flex gap={8} align="center" wrap>
            <Link to="/deliveries/$id" params={{ id: delivery.id }}>
              {nameOf(delivery.event)}
            </Link>
            <StateTag state={delivery.state} />
            <Typography.Text type="secondary" className="moment">
              {moment(delivery.delivered_at ?? delivery.created_at)}
            </Typography.Text>
          </Flex>
          <Typography.Text type="secondary">{delivery.endpoint}</Typography.Text>
          {delivery.last_reason === null ? null : (
            <Typography.Text>
              {delivery.last_reason}, {words.delivery.tries(delivery.tries)}
            </Typography.Text>
          )}
          {may('deliveries.resend') && SENDABLE.includes(delivery.state) ? (
            <Button
              size="small"
              loading={sending.isPending && sending.variables === delivery.id}
              onClick={() => sending.mutate(delivery.id)}
            >
              {words.delivery.resend}
            </Button>
          ) : null}
        </Flex>
      ))}
    </Flex>
  )
}
