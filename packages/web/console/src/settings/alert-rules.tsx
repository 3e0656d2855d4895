// The rules of alerts: what is told of, how soon, from which number on, and how gravely.

import type { AlertSettingsRequest } from '@byfly-pay/contract'
import { Flex, InputNumber, Select, Switch, Typography } from 'antd'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { type AlertSettings, useAlertChange } from './alert-settings.ts'

type Rule = AlertSettings['rules'][number]
type RuleChange = Omit<NonNullable<AlertSettingsRequest['rules']>[number], 'kind'>

const LONGEST_SECONDS = 2_592_000
const LARGEST = 1_000_000_000

export function AlertRules({ rules }: { readonly rules: readonly Rule[] }) {
  return (
    <Flex vertical gap={16}>
      {rules.map((rule) => (
        <RuleLine key={rule.kind} rule={rule} />
      ))}
    </Flex>
  )
}

function RuleLine({ rule }: { readonly rule: Rule }) {
  const all = useWords()
  const words = all.settings
  const changing = useAlertChange()
  const change = (changed: RuleChange) =>
    changing.mutate({ rules: [{ kind: rule.kind, ...changed }] })
  const name = words.alert[rule.kind]
  const limit = all.rules.threshold[thresholdOf(rule.kind)]
  return (
    <div>
      <Flex gap={12} align="center" wrap>
        <Switch
          aria-label={name}
          checked={rule.is_on}
          loading={changing.isPending}
          onChange={(isOn) => change({ is_on: isOn })}
        />
        <Typography.Text style={{ flex: '1 1 220px' }}>{name}</Typography.Text>
        <Select<Rule['severity']>
          aria-label={`${name}: ${words.gravity}`}
          value={rule.severity}
          style={{ width: 170 }}
          onChange={(severity) => change({ severity })}
          options={(['warning', 'critical'] as const).map((value) => ({
            value,
            label: words.severity[value],
          }))}
        />
        <NumberField
          label={`${name}: ${words.afterSeconds}`}
          value={rule.after_seconds}
          least={0}
          most={LONGEST_SECONDS}
          prefix={words.after}
          suffix={words.seconds}
          onChange={(seconds) => change({ after_seconds: seconds })}
        />
        {rule.threshold === null ? null : (
          <NumberField
            label={`${name}: ${limit.before} ${limit.after}`}
            value={rule.threshold}
            least={0}
            most={LARGEST}
            prefix={limit.before}
            suffix={limit.after}
            onChange={(threshold) => change({ threshold })}
          />
        )}
      </Flex>
      <Trouble error={changing.error} ofWrite />
    </div>
  )
}

/** What the number of a rule counts. */
function thresholdOf(kind: Rule['kind']): 'sms_balance_low' | 'unusual_sum' {
  return kind === 'unusual_sum' ? kind : 'sms_balance_low'
}

interface NumberProps {
  readonly label: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly prefix: string
  readonly suffix: string
  readonly onChange: (value: number) => void
}

function NumberField({ label, value, least, most, prefix, suffix, onChange }: NumberProps) {
  return (
    <InputNumber
      aria-label={label}
      // What the centre keeps is shown again when it was refused.
      key={value}
      defaultValue={value}
      min={least}
      max={most}
      precision={0}
      // In some languages all of it stands behind the number.
      prefix={prefix === '' ? undefined : prefix}
      suffix={suffix}
      style={{ width: 210 }}
      onBlur={({ target }) => {
        const typed = Number(target.value)
        if (target.value !== '' && typed !== value) onChange(typed)
      }}
    />
  )
}
