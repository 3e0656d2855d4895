// The terms of a source, as far as one may change them: a developer where its events go, others the rest.
// Only what was changed is sent.

import type { ChangeSourceRequest, SourceChangedAnswer, SourceData } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Flex, Form, Input, InputNumber, Select, Switch } from 'antd'
import { write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { tengeOf, tiynOf } from '../show/money.ts'
import { useWords } from '../words/language.tsx'

type Event = SourceData['webhook_events'][number]
const EVENTS: readonly Event[] = ['partially_paid', 'failed', 'cancelled', 'refunded']
const MINUTE_SECONDS = 60

interface Fields {
  readonly name: string
  readonly description: string
  readonly is_active: boolean
  readonly refunds_allowed: boolean
  /** In tenge. */
  readonly ceiling: number
  readonly lifetime_minutes: number
  readonly webhook: string
  readonly events: readonly Event[]
}

interface Props {
  readonly source: SourceData
  readonly onDone: () => void
}

export function SourceForm({ source, onDone }: Props) {
  const words = useWords()
  const may = useMay()
  const { message } = App.useApp()
  const client = useQueryClient()
  const changing = useMutation({
    mutationFn: (request: ChangeSourceRequest) =>
      write<SourceChangedAnswer>('PUT', `/api/admin/sources/${source.id}`, request),
    onSuccess: async () => {
      void message.success(words.saved)
      await client.invalidateQueries({ queryKey: ['sources'] })
      onDone()
    },
  })
  const mayWrite = may('sources.write')
  const mayHook = may('sources.webhooks')
  return (
    <Form<Fields>
      layout="vertical"
      disabled={!mayHook}
      initialValues={fieldsOf(source)}
      onFinish={(fields) => changing.mutate(changedIn(source, fields, mayWrite))}
    >
      {mayWrite ? <Terms /> : null}
      <Webhooks />
      {mayHook ? (
        <Flex vertical gap={12}>
          <Trouble error={changing.error} ofWrite />
          <Button type="primary" htmlType="submit" loading={changing.isPending}>
            {words.act.save}
          </Button>
        </Flex>
      ) : null}
    </Form>
  )
}

function Terms() {
  const words = useWords()
  const required = [{ required: true, message: words.form.required }]
  return (
    <>
      <Form.Item name="name" label={words.sources.name} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="description" label={words.sources.description}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="is_active" label={words.sources.active} extra={words.sources.activeHint}>
        <Switch />
      </Form.Item>
      <Form.Item name="ceiling" label={words.sources.ceilingField} rules={required}>
        <InputNumber min={1} precision={2} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="lifetime_minutes" label={words.sources.lifetime} rules={required}>
        <InputNumber min={1} max={525_600} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="refunds_allowed" label={words.sources.refunds}>
        <Switch />
      </Form.Item>
    </>
  )
}

function Webhooks() {
  const words = useWords().sources
  return (
    <>
      <Form.Item name="webhook" label={words.webhook}>
        <Input type="url" maxLength={2048} placeholder="https://shop.example.kz/webhook" />
      </Form.Item>
      <Form.Item name="events" label={words.events} extra={words.eventsHint}>
        <Select
          mode="multiple"
          options={EVENTS.map((value) => ({ value, label: words.event[value] }))}
        />
      </Form.Item>
    </>
  )
}

function fieldsOf(source: SourceData): Fields {
  return {
    name: source.name,
    description: source.description ?? '',
    is_active: source.is_active,
    refunds_allowed: source.refunds_allowed,
    ceiling: tengeOf(source.ceiling_tiyn),
    lifetime_minutes: Math.round(source.lifetime_seconds / MINUTE_SECONDS),
    webhook: source.default_webhook_url ?? '',
    events: source.webhook_events,
  }
}

/** What differs from how it stood: a colleague's change meanwhile is not undone by a field left alone. */
function changedIn(source: SourceData, fields: Fields, mayWrite: boolean): ChangeSourceRequest {
  const before = fieldsOf(source)
  const wire: { readonly [Name in keyof Fields]: ChangeSourceRequest } = {
    name: { name: fields.name },
    description: { description: fields.description || null },
    is_active: { is_active: fields.is_active },
    refunds_allowed: { refunds_allowed: fields.refunds_allowed },
    ceiling: { ceiling_tiyn: tiynOf(fields.ceiling) },
    lifetime_minutes: { lifetime_seconds: fields.lifetime_minutes * MINUTE_SECONDS },
    webhook: { default_webhook_url: fields.webhook || null },
    events: { webhook_events: [...fields.events] },
  }
  const names = (Object.keys(wire) as (keyof Fields)[]).filter(
    (name) =>
      (mayWrite || name === 'webhook' || name === 'events') &&
      JSON.stringify(before[name]) !== JSON.stringify(fields[name]),
  )
  return Object.assign({}, ...names.map((name) => wire[name]))
}
