// Which days figures are of: the usual ones by a tap, any others by their dates.

import { DatePicker, Flex, Grid, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useToday } from '../api/me.ts'
import { DAY, lastDays, type Period, thisMonth } from '../show/period.ts'
import { useWords } from '../words/language.tsx'

/** The centre tells of no more at once. */
const MOST_DAYS = 400

interface Props {
  readonly period: Period
  readonly onChange: (period: Period) => void
}

export function PeriodChoice({ period, onChange }: Props) {
  const words = useWords().period
  const today = useToday()
  const usual = {
    today: lastDays(1, today),
    week: lastDays(7, today),
    thirty: lastDays(30, today),
    month: thisMonth(today),
  }
  const isWide = Grid.useBreakpoint().sm === true
  const names = Object.keys(usual) as (keyof typeof usual)[]
  const here = names.find(
    (name) => usual[name].from === period.from && usual[name].to === period.to,
  )
  return (
    <Flex gap={8} wrap align="center">
      <Segmented
        size={isWide ? 'middle' : 'small'}
        aria-label={words.title}
        value={here ?? ''}
        options={names.map((value) => ({ value, label: words[value] }))}
        onChange={(name) => onChange(usual[name as keyof typeof usual])}
      />
      <DatePicker.RangePicker
        allowClear={false}
        value={[dayjs(period.from), dayjs(period.to)]}
        format="DD.MM.YYYY"
        disabledDate={(day, { from }) =>
          from !== undefined && Math.abs(day.diff(from, 'day')) >= MOST_DAYS
        }
        onChange={(days) => {
          const [from, to] = days ?? []
          if (from && to) onChange({ from: from.format(DAY), to: to.format(DAY) })
        }}
        style={{ maxWidth: 260 }}
      />
    </Flex>
  )
}
