// The refunds of a payment: how each stands, its QR while the customer scans, and what may be done with it.

import type { StaffRefundAnswer, StaffRefundData } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Button, Collapse, Flex, Form, Modal, QRCode, Tag, Typography } from 'antd'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { useMay, useMe } from '../api/me.ts'
import { Part } from '../parts/part.tsx'
import { Reason } from '../parts/proof.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { ResolveRefund } from './resolve-refund.tsx'
import { type Story, useAfresh, useRefunds } from './story.ts'
import { Timeline } from './timeline.tsx'

const COLOURS: Readonly<Record<StaffRefundData['state'], string>> = {
  awaiting_approval: 'warning',
  approved: 'processing',
  reserved: 'processing',
  calling: 'processing',
  live: 'processing',
  unknown: 'warning',
  lost: 'warning',
  held: 'warning',
  succeeded: 'success',
  failed: 'error',
  declined: 'default',
  cancelled: 'default',
}
/** From before the terminal's call to its end. */
const STOPPABLE: readonly StaffRefundData['state'][] = ['awaiting_approval', 'approved', 'live']

export function Refunds({ story }: { readonly story: Story }) {
  const words = useWords().payments
  const { data } = useRefunds(story.transaction_id)
  if (data === undefined || data.refunds.length === 0) return null
  return (
    <Part title={words.story.refunds}>
      <Flex vertical gap={20}>
        {data.refunds.map((refund) => (
          <RefundLine key={refund.id} refund={refund} story={story} />
        ))}
      </Flex>
    </Part>
  )
}

interface LineProps {
  readonly refund: StaffRefundData
  readonly story: Story
}

function RefundLine({ refund, story }: LineProps) {
  const all = useWords()
  const words = all.payments.refund
  const steps = story.timeline.filter(({ refund_ids: ids }) => ids.includes(refund.id))
  const { amount, currency, state } = refund
  return (
    <Flex vertical gap={6} align="flex-start">
      <Flex gap={8} align="center" wrap>
        <Typography.Text strong className="sum">
          {money(amount, currency)}
        </Typography.Text>
        <Tag color={COLOURS[state]}>{words.state[state]}</Tag>
        <Typography.Text type="secondary" className="moment">
          {moment(refund.created_at)}
        </Typography.Text>
      </Flex>
      <Typography.Text type="secondary">
        {words.by} {refund.requested_by}: {words.reasons[refund.reason]}
        {refund.note === null ? '' : `. ${refund.note}`}
      </Typography.Text>
      {state === 'live' && refund.qr_code !== null ? (
        <Flex vertical gap={8} align="flex-start">
          <Typography.Text>{words.scan}</Typography.Text>
          <span className="white-ground">
            <QRCode
              aria-label={words.scan}
              value={refund.qr_code}
              size={240}
              bordered={false}
              color="#000"
              bgColor="#fff"
            />
          </span>
        </Flex>
      ) : null}
      <RefundActions refund={refund} />
      {steps.length === 0 ? null : (
        <Collapse
          ghost
          size="small"
          items={[
            { key: 'steps', label: all.desk.refundSteps, children: <Timeline steps={steps} /> },
          ]}
        />
      )}
    </Flex>
  )
}

type Verb = 'start' | 'approve' | 'cancel' | 'decline'

function RefundActions({ refund }: { readonly refund: StaffRefundData }) {
  const words = useWords().payments.refund
  const may = useMay()
  const me = useMe()
  const afresh = useAfresh(refund.transaction_id)
  const [open, setOpen] = useState<'decline' | 'resolve' | null>(null)
  const acting = useMutation({
    mutationFn: ({ verb, reason }: { verb: Verb; reason?: string }) =>
      write<StaffRefundAnswer>(
        'POST',
        `/api/admin/refunds/${refund.id}/${verb}`,
        reason === undefined ? undefined : { reason },
      ),
    onSettled: afresh,
    onSuccess: () => setOpen(null),
  })
  const { amount, currency, state } = refund
  const sum = money(amount, currency)
  const mayJudge = may('refunds.approve')
  // Another's: the centre would refuse one's own (M15).
  const isAnothers = refund.requested_by !== me.name
  return (
    <Flex gap={8} wrap>
      {state === 'approved' && may('refunds.create') ? (
        <Button
          type="primary"
          loading={acting.isPending}
          onClick={() => acting.mutate({ verb: 'start' })}
        >
          {words.doStart(sum)}
        </Button>
      ) : null}
      {state === 'awaiting_approval' && mayJudge && isAnothers ? (
        <>
          <Button
            type="primary"
            loading={acting.isPending}
            onClick={() => acting.mutate({ verb: 'approve' })}
          >
            {words.doApprove(sum)}
          </Button>
          <Button onClick={() => setOpen('decline')}>{words.decline}</Button>
        </>
      ) : null}
      {(state === 'held' || refund.failure_reason === 'found_late') && mayJudge ? (
        <Button type="primary" onClick={() => setOpen('resolve')}>
          {words.resolve}
        </Button>
      ) : null}
      {STOPPABLE.includes(state) && may('refunds.create') ? (
        <Button danger loading={acting.isPending} onClick={() => acting.mutate({ verb: 'cancel' })}>
          {words.stop}
        </Button>
      ) : null}
      <Trouble error={acting.error} ofWrite />
      {open === 'decline' ? (
        <Modal open title={words.decline} footer={null} onCancel={() => setOpen(null)}>
          <Form<{ reason: string }>
            layout="vertical"
            onFinish={({ reason }) => acting.mutate({ verb: 'decline', reason })}
          >
            <Reason />
            <Button type="primary" danger htmlType="submit" loading={acting.isPending}>
              {words.decline}
            </Button>
          </Form>
        </Modal>
      ) : null}
      {open === 'resolve' ? <ResolveRefund refund={refund} onDone={() => setOpen(null)} /> : null}
    </Flex>
  )
}
