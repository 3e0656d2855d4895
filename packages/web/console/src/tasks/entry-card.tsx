// One entry of a desk: what is known of it, who has it, and what may be done here or at its cause.

import type { DeskEntryData, EntryWorkedAnswer } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Card, Flex, Form, Input, Modal, Tag, Typography } from 'antd'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { Reason } from '../parts/proof.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'

const HOUR_SECONDS = 3_600
const DAY_SECONDS = 86_400

export function EntryCard({ entry }: { readonly entry: DeskEntryData }) {
  const words = useWords().tasks
  const { assignee_name: owner, closed_at: closed, known, title } = entry
  return (
    <Card size="small">
      <Flex vertical gap={6}>
        <Flex gap={8} align="center" wrap>
          <Typography.Text strong>{title}</Typography.Text>
          <Tag color={closed === null && entry.age_seconds > DAY_SECONDS ? 'error' : 'default'}>
            {closed === null ? <Age seconds={entry.age_seconds} /> : words.closedAt(moment(closed))}
          </Tag>
          <Tag color={owner === null ? 'warning' : 'processing'}>
            {owner === null ? words.nobody : owner}
          </Tag>
        </Flex>
        <div>
          {known.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </div>
        {entry.close_reason === null ? null : (
          <Typography.Text type="secondary">
            {entry.closed_by}: {entry.close_reason}
          </Typography.Text>
        )}
        <EntryActions entry={entry} />
      </Flex>
    </Card>
  )
}

function Age({ seconds }: { readonly seconds: number }) {
  const words = useWords().tasks
  if (seconds < HOUR_SECONDS) return words.minutes(Math.floor(seconds / 60))
  if (seconds < DAY_SECONDS) return words.hours(Math.floor(seconds / HOUR_SECONDS))
  return words.days(Math.floor(seconds / DAY_SECONDS))
}

interface Work {
  readonly verb: 'take' | 'note' | 'close'
  readonly body?: object
}

function EntryActions({ entry }: { readonly entry: DeskEntryData }) {
  const words = useWords()
  const client = useQueryClient()
  const [open, setOpen] = useState<'note' | 'close' | null>(null)
  const working = useMutation({
    mutationFn: ({ body, verb }: Work) =>
      write<EntryWorkedAnswer>('POST', `/api/admin/desk-entries/${entry.id}/${verb}`, body),
    onSuccess: async () => {
      setOpen(null)
      await client.invalidateQueries({ queryKey: ['desks'] })
    },
  })
  const { actions, terminal_id: terminalId, transaction_id: paymentId } = entry
  return (
    <Flex gap={8} align="center" wrap>
      {paymentId === null ? null : (
        <Link to="/payments/$id" params={{ id: paymentId }}>
          {words.tasks.toPayment}
        </Link>
      )}
      {terminalId === null || paymentId !== null ? null : (
        <Link to="/terminals">{words.tasks.toTerminal}</Link>
      )}
      {actions.includes('take') && entry.assignee_id === null ? (
        <Button
          size="small"
          type="primary"
          loading={working.isPending}
          onClick={() => working.mutate({ verb: 'take' })}
        >
          {words.tasks.take}
        </Button>
      ) : null}
      {actions.includes('note') ? (
        <Button size="small" onClick={() => setOpen('note')}>
          {words.tasks.note}
        </Button>
      ) : null}
      {actions.includes('close') ? (
        <Button size="small" onClick={() => setOpen('close')}>
          {words.tasks.close}
        </Button>
      ) : null}
      {open === null ? <Trouble error={working.error} ofWrite /> : null}
      <Modal
        open={open !== null}
        title={open === 'note' ? words.tasks.note : words.tasks.close}
        footer={null}
        onCancel={() => setOpen(null)}
        destroyOnHidden
      >
        <Form
          layout="vertical"
          onFinish={(body: object) => open !== null && working.mutate({ verb: open, body })}
        >
          {open === 'note' ? <Note /> : <Reason />}
          <Flex vertical gap={12}>
            <Trouble error={working.error} ofWrite />
            <Button type="primary" htmlType="submit" loading={working.isPending}>
              {open === 'note' ? words.act.save : words.tasks.close}
            </Button>
          </Flex>
        </Form>
      </Modal>
    </Flex>
  )
}

function Note() {
  const words = useWords()
  return (
    <Form.Item
      name="text"
      label={words.tasks.note}
      rules={[{ required: true, whitespace: true, message: words.form.required }]}
    >
      <Input.TextArea rows={2} maxLength={2_000} />
    </Form.Item>
  )
}
