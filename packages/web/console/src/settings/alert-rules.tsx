// The rules of alerts: what is told of, how soon, and how gravely.

import type {
  AlertSettingsAnswer,
  AlertSettingsChanged,
  AlertSettingsRequest,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Card, Flex, InputNumber, Select, Switch, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Part } from '../parts/part.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

type Settings = AlertSettingsAnswer['data']
type Rule = Settings['rules'][number]
type RuleChange = NonNullable<AlertSettingsRequest['rules']>[number]

const ALERT_SETTINGS = ['alert-settings'] as const

export function AlertRules() {
  const words = useWords().settings
  const settings = useQuery({
    queryKey: ALERT_SETTINGS,
    queryFn: () => read<AlertSettingsAnswer>('/api/admin/alert-settings'),
  })
  return (
    <Loaded query={settings} rows={10}>
      {({ recipients, rules }) => (
        <Flex vertical gap={16}>
          <Flex vertical gap={8}>
            {rules.map((rule) => (
              <RuleLine key={rule.kind} rule={rule} />
            ))}
          </Flex>
          <Part title={words.recipients}>
            {recipients.length === 0 ? (
              <Typography.Text type="secondary">{words.noRecipients}</Typography.Text>
            ) : (
              recipients.map((recipient) => (
                <div key={recipient.id}>
                  {recipient.channel === 'sms' ? 'SMS' : 'Telegram'}:{' '}
                  {recipient.chat_id ?? words.recipient(recipient.admin_id, recipient.role)},{' '}
                  {words.severity[recipient.severity]}
                </div>
              ))
            )}
          </Part>
        </Flex>
      )}
    </Loaded>
  )
}

function RuleLine({ rule }: { readonly rule: Rule }) {
  const words = useWords().settings
  const client = useQueryClient()
  const changing = useMutation({
    mutationFn: (change: Omit<RuleChange, 'kind'>) =>
      write<AlertSettingsChanged>('PUT', '/api/admin/alert-settings', {
        rules: [{ kind: rule.kind, ...change }],
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ALERT_SETTINGS }),
  })
  const name = words.alert[rule.kind]
  return (
    <Card size="small">
      <Flex gap={12} align="center" wrap>
        <Switch
          aria-label={name}
          checked={rule.is_on}
          loading={changing.isPending}
          onChange={(isOn) => changing.mutate({ is_on: isOn })}
        />
        <Typography.Text style={{ flex: '1 1 220px' }}>{name}</Typography.Text>
        <Select<Rule['severity']>
          aria-label={`${name}: ${words.gravity}`}
          value={rule.severity}
          style={{ width: 170 }}
          onChange={(severity) => changing.mutate({ severity })}
          options={(['warning', 'critical'] as const).map((value) => ({
            value,
            label: words.severity[value],
          }))}
        />
        <InputNumber
          aria-label={`${name}: ${words.afterSeconds}`}
          // What the centre keeps is shown again when it was refused.
          key={rule.after_seconds}
          defaultValue={rule.after_seconds}
          min={0}
          max={2_592_000}
          precision={0}
          prefix={words.after}
          suffix={words.seconds}
          style={{ width: 190 }}
          onBlur={(event) => {
            const seconds = Number(event.target.value)
            if (seconds !== rule.after_seconds) changing.mutate({ after_seconds: seconds })
          }}
        />
      </Flex>
      <Trouble error={changing.error} ofWrite />
    </Card>
  )
}
