// «Give it back and pay another way»: all that is left goes back, and a payment in the place of this one is opened
// at once. The button names the sum; the link of the new payment stands on the page afterwards.

import { App, Button, Flex, Form, Input, Modal, Radio, Typography } from 'antd'
import { Trouble } from '../parts/trouble.tsx'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { useRefundRequest } from './refund-request.ts'
import type { Story } from './story.ts'

interface Fields {
  readonly note?: string
  readonly start: boolean
}

interface Props {
  readonly story: Story
  /** In tiyn. */
  readonly refundable: number
  readonly onDone: () => void
}

export function PayAgain({ story, refundable, onDone }: Props) {
  const all = useWords()
  const { desk: words, payments } = all
  const { message } = App.useApp()
  const { currency, original_amount: original, transaction_id: id } = story
  const sum = money(refundable, currency)
  const asking = useRefundRequest(id, {
    onSuccess({ not_started: notStarted }) {
      void message.success(notStarted === null ? words.paidAgain : payments.refund.notStarted)
      onDone()
    },
  })
  return (
    <Modal open title={words.payAgain} onCancel={onDone} footer={null} destroyOnHidden>
      <Typography.Paragraph>
        {words.payAgainText(sum, money(original, currency))}
      </Typography.Paragraph>
      <Form<Fields>
        layout="vertical"
        initialValues={{ start: true }}
        onFinish={({ note, start }) =>
          asking.mutate({ reason: 'pay_again', pay_again: true, start, ...(note ? { note } : {}) })
        }
      >
        <Form.Item name="note" label={payments.refund.note}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="start">
          <Radio.Group
            vertical
            options={[
              { value: true, label: payments.refund.now },
              { value: false, label: payments.refund.later },
            ]}
          />
        </Form.Item>
        <Flex vertical gap={12}>
          <Trouble error={asking.error} ofWrite="safe" />
          <Button type="primary" danger htmlType="submit" loading={asking.isPending}>
            {words.doPayAgain(sum)}
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}
