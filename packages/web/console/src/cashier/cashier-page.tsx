// The cashier's page, made for a phone in a hand: a sum, a few words, and the link that goes to the customer.

import type {
  DeskSourcesAnswer,
  NewPayment,
  NewPaymentAnswer,
  NewPaymentRequest,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Card, Empty, Flex, Form, Input, InputNumber, Select, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { useMethods } from '../api/places.ts'
import { useWishKeys } from '../api/wish.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { keep, kept } from '../show/kept.ts'
import { money, tiynOf } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { Handing } from './handing.tsx'

type DeskSources = DeskSourcesAnswer['data']

interface Fields {
  readonly source_id: number
  /** In tenge. */
  readonly amount: number
  readonly description?: string
  readonly customer_name?: string
  readonly customer_phone?: string
  readonly payment_method_id?: number
}

export function CashierPage() {
  const words = useWords().payments.cashier
  const { payment } = useSearch({ from: '/cashier' })
  const navigate = useNavigate()
  const go = (id?: string) => void navigate({ to: '/cashier', search: { payment: id } })
  const sources = useQuery({
    queryKey: ['desk-sources'],
    queryFn: () => read<DeskSourcesAnswer>('/api/admin/payments/sources'),
  })
  return (
    <Page title={words.title}>
      <div style={{ width: '100%', maxWidth: 520 }}>
        {payment === undefined ? (
          <Loaded query={sources}>
            {(data) => <Desk sources={data} onMade={({ transaction_id: id }) => go(id)} />}
          </Loaded>
        ) : (
          <Handing id={payment} onNext={() => go()} />
        )}
      </div>
    </Page>
  )
}

interface DeskProps {
  readonly sources: DeskSources
  readonly onMade: (payment: NewPayment) => void
}

function Desk({ sources, onMade }: DeskProps) {
  const all = useWords()
  const words = all.payments.cashier
  const client = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const amount = Form.useWatch('amount', form)
  const keys = useWishKeys()
  const creating = useMutation({
    mutationFn: (request: NewPaymentRequest) =>
      write<NewPaymentAnswer>('POST', '/api/admin/payments', request, {
        key: keys.keyFor(request),
      }),
    onSettled: (_made, error) => keys.settle(error),
    onSuccess: async (payment) => {
      keep('source', String(payment.source_id))
      await client.invalidateQueries({ queryKey: ['payments'] })
      onMade(payment)
    },
  })
  if (sources.length === 0) {
    return (
      <Card>
        <Empty description={words.noSources}>
          <Typography.Text type="secondary">{words.noSourcesHint}</Typography.Text>
        </Empty>
      </Card>
    )
  }
  const required = [{ required: true, message: all.form.required }]
  return (
    <Card>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ source_id: usual(sources) }}
        onFinish={({ amount: tenge, ...fields }) =>
          creating.mutate({ ...given(fields), amount: tiynOf(tenge) })
        }
      >
        <Form.Item name="amount" label={words.amount} extra={words.amountHint} rules={required}>
          <InputNumber
            autoFocus
            size="large"
            min={1}
            precision={2}
            inputMode="decimal"
            decimalSeparator=","
            style={{ width: '100%', fontSize: 24 }}
          />
        </Form.Item>
        <Form.Item name="source_id" label={words.source} rules={required}>
          <Select options={sources.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <About />
        <Flex vertical gap={12} className="within-reach">
          <Trouble error={creating.error} ofWrite="safe" />
          <Button type="primary" size="large" htmlType="submit" block loading={creating.isPending}>
            {amount ? words.create(money(tiynOf(amount))) : words.createPlain}
          </Button>
        </Flex>
      </Form>
    </Card>
  )
}

function About() {
  const words = useWords().payments.cashier
  const methods = useMethods().data?.filter((method) => method.is_active && method.is_selectable)
  return (
    <>
      <Form.Item name="description" label={words.what} extra={words.whatHint}>
        <Input maxLength={1000} />
      </Form.Item>
      <Form.Item name="customer_name" label={words.name}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="customer_phone" label={words.phone}>
        <Input type="tel" maxLength={32} autoComplete="off" placeholder="+7 700 123-45-67" />
      </Form.Item>
      {methods === undefined ? null : (
        <Form.Item name="payment_method_id" label={words.method}>
          <Select
            allowClear
            placeholder={words.anyMethod}
            options={methods.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
    </>
  )
}

/** The one chosen last on this browser, else the first. */
function usual(sources: DeskSources): number | undefined {
  const last = Number(kept('source'))
  return (sources.find(({ id }) => id === last) ?? sources[0])?.id
}

/** A field left empty is not sent at all. */
function given({
  source_id,
  ...fields
}: Omit<Fields, 'amount'>): Omit<NewPaymentRequest, 'amount'> {
  const filled = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')
  return { source_id, ...Object.fromEntries(filled) }
}
