// A payment's status as a word with a colour, and what marks it beside that.

import type { TransactionData } from '@byfly-pay/contract'
import { Flex, Tag } from 'antd'
import { useWords } from '../words/language.tsx'
import type { Status } from './filters.ts'

const COLOURS: Readonly<Record<Status, string>> = {
  pending: 'default',
  processing: 'processing',
  paid: 'success',
  partially_paid: 'warning',
  cancelled: 'default',
  failed: 'error',
}

export function StatusTag({ status }: { readonly status: Status }) {
  const words = useWords()
  return (
    <Tag color={COLOURS[status]} style={{ marginInlineEnd: 0 }}>
      {words.payments.status[status]}
    </Tag>
  )
}

type Marked = Pick<
  TransactionData,
  'status' | 'late' | 'overpaid_amount' | 'has_task' | 'refund_status'
>

export function Marks({ payment }: { readonly payment: Marked }) {
  const words = useWords()
  const { has_task: hasTask, late, overpaid_amount: overpaid, refund_status: refund } = payment
  return (
    <Flex gap={4} wrap>
      <StatusTag status={payment.status} />
      {late ? <Tag color="warning">{words.payments.late}</Tag> : null}
      {overpaid > 0 ? <Tag color="warning">{words.payments.overpaid}</Tag> : null}
      {hasTask ? <Tag color="error">{words.payments.hasTask}</Tag> : null}
      {refund === null ? null : <Tag>{words.payments.refundStatus[refund] ?? refund}</Tag>}
    </Flex>
  )
}
