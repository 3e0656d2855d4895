// Payment methods and their rates. A new rate never touches a payment that has begun.

import type {
  AddRateRequest,
  MethodChangedAnswer,
  MethodData,
  RateAddedAnswer,
} from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  Button,
  DatePicker,
  Flex,
  Form,
  InputNumber,
  Modal,
  Switch,
  type TableColumnsType,
  Typography,
} from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { useMethods } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import { MethodRoute } from './method-route.tsx'
import { NetView } from './net-view.tsx'

export function Methods() {
  const words = useWords()
  const may = useMay()
  const methods = useMethods()
  const [rated, setRated] = useState<MethodData | null>(null)
  const onRate = may('methods.write') ? setRated : null
  return (
    <Loaded query={methods}>
      {(rows) => (
        <>
          <Rows
            rows={rows}
            keyOf={({ id }) => id}
            columns={columns(words, onRate)}
            card={(method) => <MethodCard method={method} onRate={onRate} />}
            none={words.settings.noMethods}
          />
          {may('figures.read') ? <NetView /> : null}
          {rated === null ? null : <RateForm method={rated} onDone={() => setRated(null)} />}
        </>
      )}
    </Loaded>
  )
}

type OnRate = ((method: MethodData) => void) | null

function columns({ qrApi, settings: words }: Words, onRate: OnRate): TableColumnsType<MethodData> {
  return [
    { title: words.method, dataIndex: 'name' },
    {
      title: words.rate,
      align: 'right',
      width: 134,
      render: (_, method) => (
        <>
          <RateButton method={method} onRate={onRate} />
          <Coming method={method} />
        </>
      ),
    },
    {
      title: words.priceOf(money(1_000_000)),
      align: 'right',
      width: 120,
      render: (_, method) => <span className="sum">{money(netOf(method).price)}</span>,
    },
    {
      title: words.leaves,
      align: 'right',
      width: 120,
      render: (_, method) => <span className="sum">{money(netOf(method).net)}</span>,
    },
    { title: qrApi.route, width: 185, render: (_, method) => <MethodRoute method={method} /> },
    { title: words.works, width: 106, render: (_, method) => <Working method={method} /> },
  ]
}

function netOf({ commission_mode: mode, net_of: net }: MethodData) {
  return net[mode]
}

function percentOf(percent: number): string {
  return `${String(percent).replace('.', ',')}\u202f%`
}

interface RowProps {
  readonly method: MethodData
  readonly onRate: OnRate
}

function RateButton({ method, onRate }: RowProps) {
  const text = method.rate === null ? '—' : percentOf(method.rate.percent)
  if (onRate === null) return <span className="sum">{text}</span>
  return (
    <Button type="link" style={{ padding: 0 }} className="sum" onClick={() => onRate(method)}>
      {text}
    </Button>
  )
}

function Coming({ method }: { readonly method: MethodData }) {
  return method.coming_rates.map(({ id, percent, valid_from: from }) => (
    <div key={id}>
      {percentOf(percent)}, {moment(from)}
    </div>
  ))
}

function MethodCard({ method, onRate }: RowProps) {
  const words = useWords().settings
  const { net, price } = netOf(method)
  return (
    <Flex vertical gap={4}>
      <Flex justify="space-between" align="center" gap={8}>
        <Typography.Text strong>{method.name}</Typography.Text>
        <RateButton method={method} onRate={onRate} />
      </Flex>
      <Typography.Text type="secondary">
        {words.priceOf(money(1_000_000))}: {money(price)}
      </Typography.Text>
      <Typography.Text type="secondary">
        {words.leaves}: {money(net)}
      </Typography.Text>
      <Coming method={method} />
      <MethodRoute method={method} />
      <Working method={method} />
    </Flex>
  )
}

function Working({ method }: { readonly method: MethodData }) {
  const words = useWords().settings
  const may = useMay()
  const client = useQueryClient()
  const switching = useMutation({
    mutationFn: (isActive: boolean) =>
      write<MethodChangedAnswer>('PUT', `/api/admin/payment-methods/${method.id}`, {
        is_active: isActive,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['methods'] }),
  })
  return (
    <>
      <Switch
        style={{ alignSelf: 'flex-start' }}
        aria-label={`${words.works}: ${method.name}`}
        checked={method.is_active}
        disabled={!may('methods.write')}
        loading={switching.isPending}
        onChange={(isActive) => switching.mutate(isActive)}
      />
      <Trouble error={switching.error} ofWrite />
    </>
  )
}

interface RateFields {
  readonly percent: number
  readonly from?: Dayjs | null
}

function RateForm({
  method,
  onDone,
}: {
  readonly method: MethodData
  readonly onDone: () => void
}) {
  const words = useWords()
  const client = useQueryClient()
  const adding = useMutation({
    mutationFn: (request: AddRateRequest) =>
      write<RateAddedAnswer>('POST', `/api/admin/payment-methods/${method.id}/rates`, request),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['methods'] })
      onDone()
    },
  })
  return (
    <Modal open title={`${words.settings.newRate}: ${method.name}`} footer={null} onCancel={onDone}>
      <Typography.Paragraph>{words.settings.newRateText}</Typography.Paragraph>
      <Form<RateFields>
        layout="vertical"
        initialValues={{ percent: method.rate?.percent ?? 0 }}
        onFinish={({ from, percent }) =>
          adding.mutate({ percent, ...(from ? { valid_from: from.format('YYYY-MM-DD') } : {}) })
        }
      >
        <Form.Item
          name="percent"
          label={words.settings.percent}
          rules={[{ required: true, message: words.form.required }]}
        >
          <InputNumber min={0} max={99} precision={2} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="from" label={words.settings.from} extra={words.settings.fromHint}>
          <DatePicker format="DD.MM.YYYY" style={{ width: '100%' }} />
        </Form.Item>
        <Flex vertical gap={12}>
          <Trouble error={adding.error} ofWrite />
          <Button type="primary" htmlType="submit" loading={adding.isPending}>
            {words.settings.newRate}
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}
