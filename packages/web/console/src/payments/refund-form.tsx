// Asking for a refund. The button says how much goes back and to whom; above the threshold a second person
// has the last word, and the centre says so itself.

import type { StaffRefundRequest } from '@byfly-pay/contract'
import { App, Button, Flex, Form, Input, InputNumber, Modal, Radio, Select, Typography } from 'antd'
import { Trouble } from '../parts/trouble.tsx'
import { money, tengeOf, tiynOf } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { useRefundRequest } from './refund-request.ts'
import type { Story } from './story.ts'

type ReasonCode = StaffRefundRequest['reason']
const REASONS: readonly ReasonCode[] = [
  'customer_request',
  'service_cancelled',
  'duplicate_payment',
  'overpaid',
  'late_money',
  'other',
]

interface Fields {
  /** In tenge. */
  readonly amount: number
  readonly reason: ReasonCode
  readonly note?: string
  readonly start: boolean
}

interface Props {
  readonly story: Story
  /** In tiyn. */
  readonly refundable: number
  readonly onDone: () => void
}

export function RefundForm({ story, refundable, onDone }: Props) {
  const all = useWords()
  const words = all.payments.refund
  const { message } = App.useApp()
  const [form] = Form.useForm<Fields>()
  const amount = tiynOf(Form.useWatch('amount', form) ?? 0)
  const asking = useRefundRequest(story.transaction_id, {
    onSuccess({ not_started: notStarted }) {
      void message.success(notStarted === null ? words.accepted : words.notStarted)
      onDone()
    },
  })
  return (
    <Modal open title={words.title} onCancel={onDone} footer={null} destroyOnHidden>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ amount: tengeOf(refundable), reason: 'customer_request', start: true }}
        onFinish={(fields) => asking.mutate(requestOf(fields, refundable))}
      >
        <Form.Item
          name="amount"
          label={words.amount}
          extra={words.most(money(refundable, story.currency))}
          rules={[{ required: true, message: all.form.required }]}
        >
          <InputNumber min={1} max={tengeOf(refundable)} precision={2} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="reason" label={words.reason}>
          <Select options={REASONS.map((value) => ({ value, label: words.reasons[value] }))} />
        </Form.Item>
        <Form.Item name="note" label={words.note}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="start">
          <Radio.Group
            vertical
            options={[
              { value: true, label: words.now },
              { value: false, label: words.later },
            ]}
          />
        </Form.Item>
        <Flex vertical gap={12}>
          <Trouble error={asking.error} ofWrite="safe" />
          <Button type="primary" danger htmlType="submit" loading={asking.isPending}>
            <Typography.Text style={{ color: 'inherit' }}>
              {words.do(money(amount, story.currency))}
            </Typography.Text>
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}

/** All of it goes without a sum, so that nothing is lost to a rounding on this page. */
function requestOf(
  { amount, note, reason, start }: Fields,
  refundable: number,
): StaffRefundRequest {
  const tiyn = tiynOf(amount)
  return {
    reason,
    start,
    ...(tiyn === refundable ? {} : { amount: tiyn }),
    ...(note ? { note } : {}),
  }
}
