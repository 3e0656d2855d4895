// Who hears of alerts beside the bell: somebody or a role by SMS, a chat of Telegram.

import type {
  AdminData,
  AdminsAnswer,
  AlertRecipientAdded,
  AlertRecipientRemoved,
  NewAlertRecipientRequest,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, Input, Segmented, Select, Typography } from 'antd'
import { useState } from 'react'
import { read, write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { ALERT_SETTINGS, type AlertSettings } from './alert-settings.ts'

type Recipient = AlertSettings['recipients'][number]
type Wanted = NewAlertRecipientRequest
type Role = AdminData['role']

const ROLES: readonly Role[] = [
  'super_admin',
  'country_admin',
  'accountant',
  'cashier',
  'developer',
]

function useAdmins() {
  return useQuery({
    queryKey: ['admins'],
    queryFn: () => read<AdminsAnswer>('/api/admin/admins'),
  })
}

export function AlertRecipients({ settings }: { readonly settings: AlertSettings }) {
  const all = useWords()
  const words = all.rules
  const client = useQueryClient()
  const admins = useAdmins().data
  const [isAdding, setAdding] = useState(false)
  const removing = useMutation({
    mutationFn: (id: number) =>
      write<AlertRecipientRemoved>('DELETE', `/api/admin/alert-recipients/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ALERT_SETTINGS }),
  })
  const { channels, recipients } = settings
  const nameOf = ({ admin_id: id, chat_id: chat, role }: Recipient) => {
    const name = admins?.find((admin) => admin.id === id)?.name
    const whom = id === null ? null : (name ?? all.settings.recipient(id, role))
    const told = chat ?? (role === null ? whom : words.everyWith(all.roles[role]))
    return chat !== null && whom !== null ? `${chat} (${whom})` : told
  }
  return (
    <Flex vertical gap={12} align="flex-start">
      <Trouble error={removing.error} ofWrite />
      {recipients.length === 0 ? (
        <Typography.Text type="secondary">{all.settings.noRecipients}</Typography.Text>
      ) : null}
      {recipients.map((recipient) => (
        <Flex key={recipient.id} gap={12} align="center" wrap>
          <Typography.Text>
            {words.channel[recipient.channel]}: {nameOf(recipient)},{' '}
            {all.rules.about[recipient.severity]}
          </Typography.Text>
          <Button
            size="small"
            loading={removing.isPending && removing.variables === recipient.id}
            onClick={() => removing.mutate(recipient.id)}
          >
            {words.remove}
          </Button>
        </Flex>
      ))}
      {channels.length === 0 ? <Alert type="info" showIcon title={words.noChannels} /> : null}
      {isAdding ? (
        <NewRecipient channels={channels} admins={admins ?? []} onDone={() => setAdding(false)} />
      ) : (
        <Button disabled={channels.length === 0} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      )}
    </Flex>
  )
}

interface Fields {
  readonly channel: Recipient['channel']
  readonly whom?: 'person' | 'role'
  readonly admin_id?: number
  readonly role?: Role
  readonly chat_id?: string
  readonly severity: Recipient['severity']
}

interface NewProps {
  readonly channels: AlertSettings['channels']
  readonly admins: readonly AdminData[]
  readonly onDone: () => void
}

function NewRecipient({ channels, admins, onDone }: NewProps) {
  const all = useWords()
  const words = all.rules
  const client = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const [first] = channels
  const channel = Form.useWatch('channel', form) ?? first
  const whom = Form.useWatch('whom', form) ?? 'person'
  const adding = useMutation({
    mutationFn: (wanted: Wanted) =>
      write<AlertRecipientAdded>('POST', '/api/admin/alert-recipients', wanted),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ALERT_SETTINGS })
      onDone()
    },
  })
  const people = admins
    .filter((admin) => admin.is_active)
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      style={{ width: '100%', maxWidth: 420 }}
      initialValues={{ channel: first, whom: 'person', severity: 'warning' }}
      onFinish={(fields) => adding.mutate(wantedOf(fields))}
    >
      <Form.Item name="channel" label={words.how}>
        <Segmented options={channels.map((value) => ({ value, label: words.channel[value] }))} />
      </Form.Item>
      <Whom channel={channel} isRole={whom === 'role'} people={people} />
      <Form.Item name="severity" label={words.aboutWhat}>
        <Select
          options={(['warning', 'critical'] as const).map((value) => ({
            value,
            label: words.about[value],
          }))}
        />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={adding.error} ofWrite />
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={adding.isPending}>
            {words.add}
          </Button>
          <Button onClick={onDone}>{all.act.cancel}</Button>
        </Flex>
      </Flex>
    </Form>
  )
}

interface WhomProps {
  readonly channel: Recipient['channel'] | undefined
  readonly isRole: boolean
  readonly people: readonly { readonly value: number; readonly label: string }[]
}

/** A chat, and whose eyes it sees with; or a person or a role, by SMS. */
function Whom({ channel, isRole, people }: WhomProps) {
  const all = useWords()
  const words = all.rules
  const required = [{ required: true, message: all.form.required }]
  return (
    <>
      {channel === 'sms' ? (
        <Form.Item name="whom" label={words.whom}>
          <Segmented
            options={(['person', 'role'] as const).map((value) => ({
              value,
              label: words.whomOf[value],
            }))}
          />
        </Form.Item>
      ) : (
        <Form.Item name="chat_id" label={words.chat} extra={words.chatHint} rules={required}>
          <Input maxLength={33} placeholder="-1001234567890" autoComplete="off" />
        </Form.Item>
      )}
      {channel === 'sms' && isRole ? (
        <Form.Item name="role" label={all.settings.role} rules={required}>
          <Select options={ROLES.map((value) => ({ value, label: all.roles[value] }))} />
        </Form.Item>
      ) : (
        <Form.Item
          name="admin_id"
          label={channel === 'sms' ? words.whomOf.person : words.sameAs}
          rules={channel === 'sms' ? required : []}
        >
          <Select
            allowClear
            options={[...people]}
            placeholder={channel === 'sms' ? '' : words.asAll}
          />
        </Form.Item>
      )}
    </>
  )
}

/** What does not belong to the channel is not sent, whatever was chosen before. */
function wantedOf({ admin_id: id, channel, chat_id: chat, role, severity, whom }: Fields): Wanted {
  if (channel === 'telegram') {
    return {
      channel,
      severity,
      chat_id: chat ?? null,
      ...(id === undefined ? {} : { admin_id: id }),
    }
  }
  return whom === 'role'
    ? { channel, severity, role: role ?? null }
    : { channel, severity, admin_id: id ?? null }
}
