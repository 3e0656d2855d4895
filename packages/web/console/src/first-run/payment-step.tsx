// The first payment: real money of a small sum, handed to a customer as the cashier does it, and watched until
// it is paid.

import type { NewPayment, NewPaymentAnswer, NewPaymentRequest } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { useSources } from '../api/places.ts'
import { Handing } from '../cashier/handing.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { money, tiynOf } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { FirstRun, Source } from './standing.ts'

/** A sum that nobody minds, and that every method takes. */
const USUAL_TENGE = 100

interface Props {
  readonly steps: FirstRun['steps']
  readonly onBegun: () => void
}

export function PaymentStep({ steps, onBegun }: Props) {
  const words = useWords().firstRun.payment
  const sources = useSources()
  const [made, setMade] = useState<NewPayment | null>(null)
  const lacks = steps.some(
    ({ is_done: isDone, step }) => !isDone && (step === 'terminal' || step === 'source'),
  )
  if (made !== null) return <Handing id={made.transaction_id} onNext={() => setMade(null)} />
  if (lacks) return <Alert type="info" showIcon title={words.needs} />
  return (
    <Loaded query={sources} rows={2}>
      {(data) => (
        <NewFirstPayment
          sources={data}
          onMade={(payment) => {
            onBegun()
            setMade(payment)
          }}
        />
      )}
    </Loaded>
  )
}

interface FormProps {
  readonly sources: readonly Source[]
  readonly onMade: (payment: NewPayment) => void
}

interface Fields {
  readonly source_id: number
  /** In tenge. */
  readonly amount: number
}

function NewFirstPayment({ sources, onMade }: FormProps) {
  const all = useWords()
  const words = all.firstRun.payment
  const [form] = Form.useForm<Fields>()
  const amount = Form.useWatch('amount', form) ?? USUAL_TENGE
  const creating = useMutation({
    mutationFn: (request: NewPaymentRequest) =>
      write<NewPaymentAnswer>('POST', '/api/admin/payments', request),
    onSuccess: onMade,
  })
  const required = [{ required: true, message: all.form.required }]
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ amount: USUAL_TENGE, source_id: sources[0]?.id }}
      onFinish={({ amount: tenge, source_id }) =>
        creating.mutate({ source_id, amount: tiynOf(tenge) })
      }
      style={{ width: '100%', maxWidth: 360 }}
    >
      <Form.Item name="source_id" label={words.source} rules={required}>
        <Select options={sources.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="amount" label={words.amount} extra={words.amountHint} rules={required}>
        <InputNumber
          min={1}
          precision={2}
          inputMode="decimal"
          decimalSeparator=","
          style={{ width: '100%' }}
        />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={creating.error} ofWrite />
        <Button type="primary" size="large" htmlType="submit" loading={creating.isPending}>
          {words.create(money(tiynOf(amount)))}
        </Button>
      </Flex>
    </Form>
  )
}
