// Saying by hand what became of an attempt that no terminal can tell of any more (S6).

import type { ResolveAnswer, ResolveRequest } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Flex, Form, Input, InputNumber, Modal, Radio, Select, Typography } from 'antd'
import { write } from '../api/call.ts'
import { useMethods } from '../api/places.ts'
import { Proof } from '../parts/proof.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { money, tengeOf, tiynOf } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { addressOfPayment, type Story, useAfresh } from './story.ts'

interface Fields {
  readonly outcome: ResolveRequest['outcome']
  /** In tenge. */
  readonly amount?: number
  readonly payment_method?: string
  readonly provider_transaction_id?: string
  readonly evidence: string
  readonly reason: string
}

interface Props {
  readonly story: Story
  readonly attemptId: string
  readonly onDone: () => void
}

export function ResolveForm({ story, attemptId, onDone }: Props) {
  const all = useWords()
  const words = all.payments.resolve
  const { message } = App.useApp()
  const [form] = Form.useForm<Fields>()
  const outcome = Form.useWatch('outcome', form) ?? 'paid'
  const amount = Form.useWatch('amount', form)
  const afresh = useAfresh(story.transaction_id)
  const attempt = story.attempts.find(({ id }) => id === attemptId)
  const resolving = useMutation({
    mutationFn: (request: ResolveRequest) =>
      write<ResolveAnswer>(
        'POST',
        `${addressOfPayment(story.transaction_id)}/attempts/${attemptId}/resolve`,
        request,
      ),
    onSuccess: async () => {
      void message.success(words.done)
      await afresh()
      onDone()
    },
  })
  const doIt =
    outcome === 'paid' ? words.doPaid(money(tiynOf(amount ?? 0), story.currency)) : words.doNotPaid
  return (
    <Modal open title={words.title} onCancel={onDone} footer={null} destroyOnHidden>
      <Typography.Paragraph>{words.text}</Typography.Paragraph>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{
          outcome: 'paid',
          amount: tengeOf(attempt?.charge_amount ?? 0),
          payment_method: attempt?.payment_method,
        }}
        onFinish={(fields) => resolving.mutate(requestOf(fields))}
      >
        <Form.Item name="outcome" label={words.outcome}>
          <Radio.Group
            optionType="button"
            options={[
              { value: 'paid', label: words.paid },
              { value: 'not_paid', label: words.notPaid },
            ]}
          />
        </Form.Item>
        {outcome === 'paid' ? <Money /> : null}
        <Proof />
        <Flex vertical gap={12}>
          <Trouble error={resolving.error} ofWrite />
          <Button type="primary" htmlType="submit" loading={resolving.isPending}>
            {doIt}
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}

function Money() {
  const all = useWords()
  const words = all.payments.resolve
  const methods = useMethods().data ?? []
  const required = [{ required: true, message: all.form.required }]
  return (
    <>
      <Form.Item name="amount" label={words.amount} rules={required}>
        <InputNumber min={1} precision={2} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="payment_method" label={words.method} rules={required}>
        <Select options={methods.map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
      <Form.Item name="provider_transaction_id" label={words.operation}>
        <Input maxLength={64} />
      </Form.Item>
    </>
  )
}

function requestOf({ amount, ...fields }: Fields): ResolveRequest {
  const { evidence, outcome, payment_method, provider_transaction_id: operation, reason } = fields
  if (outcome === 'not_paid') return { outcome, evidence, reason }
  return {
    outcome,
    amount: tiynOf(amount ?? 0),
    ...(payment_method === undefined ? {} : { payment_method }),
    ...(operation ? { provider_transaction_id: operation } : {}),
    evidence,
    reason,
  }
}
