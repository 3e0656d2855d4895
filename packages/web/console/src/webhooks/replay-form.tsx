// Asks for a replay. The request has a key of its own from the moment the form opens, so that a second press
// after a lost answer starts nothing twice.

import type { ReplayedAnswer, ReplayRequest } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, DatePicker, Flex, Form, Modal, Select, Typography } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useFieldFaults } from '../sources/field-faults.ts'
import { useWords } from '../words/language.tsx'
import { replaysOf } from './replays.tsx'

interface Fields {
  readonly from: Dayjs
  readonly to?: Dayjs | null
  readonly events?: NonNullable<ReplayRequest['events']>
  readonly only_parked: boolean
}

interface Props {
  readonly sourceId: number
  readonly onDone: () => void
}

/** The centre's own zone: it is the one whose times the page shows. */
const LOCAL = 'YYYY-MM-DD HH:mm:ss'
const SHOWN = 'DD.MM.YYYY, HH:mm'

export function ReplayForm({ sourceId, onDone }: Props) {
  const words = useWords()
  const { events, ...said } = words.webhooks
  const client = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const [requestKey] = useState(() => crypto.randomUUID())
  const faultsOf = useFieldFaults()
  const asking = useMutation({
    mutationFn: (request: ReplayRequest) =>
      write<ReplayedAnswer>('POST', `/api/admin/sources/${sourceId}/replays`, request),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: replaysOf(sourceId) })
      onDone()
    },
    onError: (error) => form.setFields(faultsOf(error) as Parameters<typeof form.setFields>[0]),
  })
  const picker = (
    <DatePicker showTime={{ format: 'HH:mm' }} format={SHOWN} style={{ width: '100%' }} />
  )
  return (
    <Modal open title={said.replay} footer={null} onCancel={onDone}>
      <Typography.Paragraph>{said.replayText}</Typography.Paragraph>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ only_parked: false }}
        onFinish={(fields) => asking.mutate(requestOf(fields, requestKey))}
      >
        <Form.Item
          name="from"
          label={said.replayFrom}
          rules={[{ required: true, message: words.form.required }]}
        >
          {picker}
        </Form.Item>
        <Form.Item name="to" label={said.replayTo} extra={said.replayToHint}>
          {picker}
        </Form.Item>
        <Form.Item name="events" label={said.replayEvents}>
          <Select
            mode="multiple"
            placeholder={said.replayAll}
            options={Object.entries(events).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        <Form.Item name="only_parked" valuePropName="checked">
          <Checkbox>{said.onlyParked}</Checkbox>
        </Form.Item>
        <Flex vertical gap={12}>
          <Trouble error={asking.error} ofWrite />
          <Button type="primary" htmlType="submit" loading={asking.isPending}>
            {said.replayButton}
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}

function requestOf({ events = [], from, only_parked, to }: Fields, key: string): ReplayRequest {
  return {
    from: from.format(LOCAL),
    ...(to ? { to: to.format(LOCAL) } : {}),
    ...(events.length === 0 ? {} : { events: [...events] }),
    only_parked,
    request_key: key,
  }
}
