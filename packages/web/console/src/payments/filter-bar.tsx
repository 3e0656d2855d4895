// What narrows the list of payments. Each choice is an address of its own.

import { Button, DatePicker, Flex, Input, Select, type SelectProps } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useMethods, useSources, useTerminals } from '../api/places.ts'
import { useWords } from '../words/language.tsx'
import { type Filters, isNarrowed, STATUSES } from './filters.ts'

const DAY = 'YYYY-MM-DD'
const MARKS = ['has_task', 'late', 'overpaid'] as const
type Mark = (typeof MARKS)[number]

interface Props {
  readonly filters: Filters
  readonly onChange: (filters: Filters) => void
}

export function FilterBar({ filters, onChange }: Props) {
  const words = useWords()
  const { filter, hasTask, late, overpaid, status } = words.payments
  const sources = useSources().data
  const methods = useMethods().data
  const terminals = useTerminals().data
  const change = (changed: Filters) => onChange({ ...filters, ...changed, cursor: undefined })
  const marks = MARKS.filter((mark) => filters[mark] === 'true')
  const mark = (chosen: readonly Mark[]) =>
    change(
      Object.fromEntries(MARKS.map((name) => [name, chosen.includes(name) ? 'true' : undefined])),
    )
  const markNames: Record<Mark, string> = { has_task: hasTask, late, overpaid }
  return (
    <Flex gap={8} wrap>
      <Input.Search
        // Another search from the head of the page is another text here.
        key={filters.search}
        allowClear
        defaultValue={filters.search ?? ''}
        placeholder={words.search}
        aria-label={words.search}
        maxLength={128}
        onSearch={(text) => change({ search: text.trim().length < 2 ? undefined : text.trim() })}
        style={{ flex: '1 1 220px', maxWidth: 360 }}
      />
      <Choice
        label={filter.status}
        value={filters.status}
        onChange={(value) => change({ status: value })}
        options={STATUSES.map((value) => ({ value, label: status[value] }))}
      />
      <DatePicker.RangePicker
        value={[dayOf(filters.date_from), dayOf(filters.date_to)]}
        format="DD.MM.YYYY"
        allowEmpty={[true, true]}
        placeholder={[filter.from, filter.to]}
        onChange={(days) =>
          change({ date_from: days?.[0]?.format(DAY), date_to: days?.[1]?.format(DAY) })
        }
        style={{ flex: '0 1 250px' }}
      />
      {sources === undefined ? null : (
        <Choice
          label={filter.source}
          value={filters.source_id}
          onChange={(value) => change({ source_id: value })}
          options={sources.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      {methods === undefined ? null : (
        <Choice
          label={filter.method}
          value={filters.payment_method}
          onChange={(value) => change({ payment_method: value })}
          options={methods.map(({ code, name }) => ({ value: code, label: name }))}
        />
      )}
      {terminals === undefined ? null : (
        <Choice
          label={filter.terminal}
          value={filters.terminal_id}
          onChange={(value) => change({ terminal_id: value })}
          options={terminals.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      <Select<Mark[]>
        mode="multiple"
        aria-label={filter.marks}
        placeholder={filter.marks}
        value={marks}
        onChange={mark}
        options={MARKS.map((value) => ({ value, label: markNames[value] }))}
        style={{ flex: '1 1 150px', maxWidth: 260 }}
      />
      {isNarrowed(filters) ? (
        <Button type="link" onClick={() => onChange({})}>
          {words.act.reset}
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
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value | undefined) => void
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  const props: SelectProps<Value> = {
    allowClear: true,
    showSearch: { optionFilterProp: 'label' },
    placeholder: label,
    onChange: (chosen: Value | undefined) => onChange(chosen),
    options: [...options],
    style: { flex: '1 1 150px', maxWidth: 220 },
  }
  return <Select<Value> aria-label={label} {...props} {...(value === undefined ? {} : { value })} />
}
