// What narrows a source's deliveries. Each choice is an address of its own.

import { Button, DatePicker, Flex, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { DeliveryFilters } from '../sources/source-search.ts'
import { useWords } from '../words/language.tsx'

const DAY = 'YYYY-MM-DD'
/** Those that mean something different; any other may stand in the address. */
const CODES = ['200', '400', '401', '403', '404', '422', '429', '500', '502', '503', '504']

interface Props {
  readonly filters: DeliveryFilters
  readonly onFilter: (filters: DeliveryFilters) => void
}

export function DeliveryFilterBar({ filters, onFilter }: Props) {
  const all = useWords()
  const words = all.webhooks
  const change = (changed: DeliveryFilters) =>
    onFilter({ ...filters, ...changed, cursor: undefined })
  const { cursor: _cursor, ...narrowing } = filters
  return (
    <Flex gap={8} wrap>
      <Choice
        label={words.event}
        value={filters.event}
        words={words.events}
        onChange={(event) => change({ event })}
      />
      <Choice
        label={words.state}
        value={filters.state}
        words={words.states}
        onChange={(state) => change({ state })}
      />
      <Choice
        label={words.code}
        value={filters.http_status}
        words={{ none: words.noAnswer, ...Object.fromEntries(CODES.map((code) => [code, code])) }}
        onChange={(code) => change({ http_status: code })}
      />
      <DatePicker.RangePicker
        value={[dayOf(filters.date_from), dayOf(filters.date_to)]}
        format="DD.MM.YYYY"
        allowEmpty={[true, true]}
        placeholder={[words.period.from, words.period.to]}
        onChange={(days) =>
          change({ date_from: days?.[0]?.format(DAY), date_to: days?.[1]?.format(DAY) })
        }
        style={{ flex: '0 1 250px' }}
      />
      {Object.values(narrowing).some((value) => value !== undefined) ? (
        <Button type="link" onClick={() => onFilter({})}>
          {all.act.reset}
        </Button>
      ) : null}
    </Flex>
  )
}

function dayOf(day: string | undefined): Dayjs | null {
  return day === undefined ? null : dayjs(day)
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value | undefined
  readonly words: Readonly<Record<Value, string>>
  readonly onChange: (value: Value | undefined) => void
}

function Choice<Value extends string>({ label, value, words, onChange }: ChoiceProps<Value>) {
  const options = Object.entries<string>(words).map(([name, text]) => ({
    value: name as Value,
    label: text,
  }))
  return (
    <Select<Value>
      aria-label={label}
      allowClear
      placeholder={label}
      onChange={(chosen: Value | undefined) => onChange(chosen)}
      options={options}
      style={{ flex: '1 1 150px', maxWidth: 220 }}
      {...(value === undefined ? {} : { value })}
    />
  )
}
