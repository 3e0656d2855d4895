// The days of a month: what was taken on each, and which are closed. Those to come are not shown.

import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import type { ClosedDaysAnswer, FiguresAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, DatePicker, Flex, type TableColumnsType, Tag, Typography } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { read } from '../api/call.ts'
import { useToday } from '../api/me.ts'
import { useSystems } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import type { Ledger } from './ledger.tsx'
import type { TabProps } from './statements.tsx'

const DAY = 'YYYY-MM-DD'
const MONTH = 'YYYY-MM'
/** Every day of every ledger of a month. */
const LIMIT = 1_000

interface DayRow {
  readonly day: string
  readonly turnover: number
  readonly currency: string
  readonly closed: ClosedDaysAnswer['data'][number] | null
}

export function Days({ ledger, search, onGo }: TabProps) {
  const words = useWords()
  const navigate = useNavigate()
  const today = useToday()
  const month = dayjs(`${search.month ?? today.slice(0, MONTH.length)}-01`)
  const days = useDays(ledger, month, today)
  const go = (chosen: Dayjs) =>
    onGo({ ...search, ...ledger, tab: 'days', month: chosen.format(MONTH) })
  return (
    <>
      <MonthChoice month={month} onGo={go} />
      <Loaded query={days} rows={12}>
        {(rows) => (
          <Rows
            rows={rows}
            keyOf={({ day }) => day}
            columns={columns(words, ledger)}
            card={(row) => <DayCard row={row} ledger={ledger} />}
            none={words.reconciliation.days.none}
            onOpen={({ day }) =>
              void navigate({ to: '/reconciliation/days/$day', params: { day }, search: ledger })
            }
          />
        )}
      </Loaded>
    </>
  )
}

function useDays(ledger: Ledger, month: Dayjs, today: string) {
  const currency = useSystems().data?.find(({ code }) => code === ledger.system)?.currency
  return useQuery({
    queryKey: ['days', ledger, month.format(MONTH), currency, today],
    queryFn: async (): Promise<DayRow[]> => {
      const [figures, closed] = await Promise.all([
        read<FiguresAnswer>('/api/admin/figures', {
          ...ledger,
          currency,
          group_by: 'day',
          date_field: 'paid_at',
          date_from: month.format(DAY),
          date_to: month.endOf('month').format(DAY),
        }),
        read<ClosedDaysAnswer>('/api/admin/days', {
          before: month.add(1, 'month').format(DAY),
          limit: LIMIT,
        }),
      ])
      const closedOn = new Map(
        closed
          .filter(({ country, system }) => country === ledger.country && system === ledger.system)
          .map((row) => [row.day, row]),
      )
      return figures.lines
        .map(({ day = '', turnover }) => ({
          day,
          turnover,
          currency: figures.currency,
          closed: closedOn.get(day) ?? null,
        }))
        .filter(({ day }) => day <= today)
        .reverse()
    },
  })
}

interface MonthProps {
  readonly month: Dayjs
  readonly onGo: (month: Dayjs) => void
}

function MonthChoice({ month, onGo }: MonthProps) {
  const words = useWords().reconciliation.days
  return (
    <Flex gap={8} align="center">
      <Button
        icon={<LeftOutlined />}
        aria-label={words.before}
        onClick={() => onGo(month.subtract(1, 'month'))}
      />
      <DatePicker
        picker="month"
        aria-label={words.month}
        allowClear={false}
        format="MMMM YYYY"
        value={month}
        onChange={(chosen) => chosen !== null && onGo(chosen)}
      />
      <Button
        icon={<RightOutlined />}
        aria-label={words.after}
        onClick={() => onGo(month.add(1, 'month'))}
      />
    </Flex>
  )
}

function columns({ reconciliation: { days } }: Words, ledger: Ledger): TableColumnsType<DayRow> {
  return [
    { title: days.day, width: 160, render: (_, row) => <DayLink row={row} ledger={ledger} /> },
    {
      title: days.taken,
      align: 'right',
      width: 200,
      render: (_, { currency, turnover }) => (
        <span className="sum">{money(turnover, currency)}</span>
      ),
    },
    { title: days.state, render: (_, row) => <DayState row={row} /> },
  ]
}

interface RowProps {
  readonly row: DayRow
  readonly ledger: Ledger
}

function DayLink({ row: { day }, ledger }: RowProps) {
  return (
    <Link
      to="/reconciliation/days/$day"
      params={{ day }}
      search={ledger}
      className="moment"
      onClick={(event) => event.stopPropagation()}
    >
      {moment(day)}
    </Link>
  )
}

function DayState({ row: { closed, turnover } }: Pick<RowProps, 'row'>) {
  const words = useWords().reconciliation.days
  // Only money waits to be closed.
  if (closed === null) {
    return <Tag color={turnover === 0 ? 'default' : 'warning'}>{words.open}</Tag>
  }
  const version = closed.version > 1 ? `, ${words.version(closed.version)}` : ''
  return (
    <Flex gap={8} align="center" wrap>
      <Tag color="success">
        {words.closed}
        {version}
      </Tag>
      <Typography.Text type="secondary">
        {closed.closed_by}, <span className="moment">{moment(closed.closed_at)}</span>
      </Typography.Text>
    </Flex>
  )
}

function DayCard({ row, ledger }: RowProps) {
  return (
    <Flex vertical gap={4}>
      <Flex justify="space-between" gap={8}>
        <DayLink row={row} ledger={ledger} />
        <span className="sum">{money(row.turnover, row.currency)}</span>
      </Flex>
      <div>
        <DayState row={row} />
      </div>
    </Flex>
  )
}
