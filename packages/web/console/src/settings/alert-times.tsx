// When alerts are kept back, and how soon one that goes on is told again.

import { Button, Flex, Form, InputNumber, Switch, TimePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { type AlertSettings, useAlertChange } from './alert-settings.ts'

const TIME = 'HH:mm'
/** As a centre begins. */
const USUAL = { from: '22:00', to: '08:00', remind: 60 } as const
const LONGEST_MINUTES = 10_080

interface Fields {
  readonly is_quiet: boolean
  readonly hours: readonly [Dayjs, Dayjs]
  readonly reminds: boolean
  readonly remind_after: number
}

export function AlertTimes({ settings }: { readonly settings: AlertSettings }) {
  const words = useWords()
  const { quiet_hours: quiet, remind_after_minutes: remind } = settings
  const [form] = Form.useForm<Fields>()
  const isQuiet = Form.useWatch('is_quiet', form) ?? quiet !== null
  const reminds = Form.useWatch('reminds', form) ?? remind !== null
  const changing = useAlertChange()
  const save = ({ hours: [from, to], ...fields }: Fields) =>
    changing.mutate({
      quiet_hours: fields.is_quiet ? { from: from.format(TIME), to: to.format(TIME) } : null,
      remind_after_minutes: fields.reminds ? fields.remind_after : null,
    })
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      initialValues={{
        is_quiet: quiet !== null,
        hours: [at(quiet?.from ?? USUAL.from), at(quiet?.to ?? USUAL.to)],
        reminds: remind !== null,
        remind_after: remind ?? USUAL.remind,
      }}
      onFinish={save}
    >
      <Form.Item name="is_quiet" label={words.rules.quiet} extra={words.rules.quietHint}>
        <Switch />
      </Form.Item>
      <Form.Item name="hours" label={words.rules.hours} hidden={!isQuiet}>
        {/* Past midnight the end comes before the beginning. */}
        <TimePicker.RangePicker
          format={TIME}
          order={false}
          needConfirm={false}
          allowClear={false}
        />
      </Form.Item>
      <Form.Item name="reminds" label={words.rules.reminds}>
        <Switch />
      </Form.Item>
      <Form.Item name="remind_after" label={words.rules.remindAfter} hidden={!reminds}>
        <InputNumber min={1} max={LONGEST_MINUTES} precision={0} />
      </Form.Item>
      <Flex vertical gap={12} align="flex-start">
        <Trouble error={changing.error} ofWrite />
        <Button type="primary" htmlType="submit" loading={changing.isPending}>
          {words.act.save}
        </Button>
        <span role="status">{changing.isSuccess ? words.saved : null}</span>
      </Flex>
    </Form>
  )
}

function at(time: string): Dayjs {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return dayjs().hour(hour).minute(minute).second(0)
}
