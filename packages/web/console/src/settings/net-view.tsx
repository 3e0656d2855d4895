// What each method really left in a period: what customers paid, what the bank takes, what remains, and whether
// that is what sources were owed. A loss is told in words with its sum.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Flex, type TableColumnsType, Typography } from 'antd'
import { type Figures, type FiguresLine, useFigures } from '../api/figures.ts'
import { useToday } from '../api/me.ts'
import { useMethods } from '../api/places.ts'
import { balanceOf } from '../overview/balance.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Part } from '../parts/part.tsx'
import { PeriodChoice } from '../parts/period-choice.tsx'
import { Rows } from '../parts/rows.tsx'
import { money } from '../show/money.ts'
import { periodOf } from '../show/period.ts'
import { useWords } from '../words/language.tsx'

export function NetView() {
  const words = useWords().net
  const search = useSearch({ from: '/settings' })
  const navigate = useNavigate()
  const period = periodOf(search, useToday())
  const figures = useFigures(period, ['method', 'product'], undefined)
  return (
    <Part title={words.title}>
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{words.text}</Typography.Text>
        <PeriodChoice
          period={period}
          onChange={(chosen) =>
            void navigate({ to: '/settings', search: { tab: 'methods', ...chosen } })
          }
        />
        <Loaded query={figures}>{(data) => <Told figures={data} />}</Loaded>
      </Flex>
    </Part>
  )
}

interface Row {
  readonly key: string
  readonly method: string
  readonly product: string
  readonly line: FiguresLine
}

function Told({ figures: { currency, lines, totals } }: { readonly figures: Figures }) {
  const words = useWords().net
  const methods = useMethods().data
  const nameOf = (code: string | null | undefined, none: string) =>
    methods?.find((method) => method.code === code)?.name ?? code ?? none
  const rows: readonly Row[] = lines
    .filter(({ turnover }) => turnover !== 0)
    .toSorted((a, b) => b.turnover - a.turnover)
    .map((line) => ({
      key: `${line.method} ${line.product}`,
      method: nameOf(line.method, words.notChosen),
      product: nameOf(line.product, words.unknown),
      line,
    }))
  const say = (tiyn: number) => money(tiyn, currency)
  return (
    <Flex vertical gap={12}>
      {rows.length === 0 ? null : (
        <Typography.Text strong>
          <Verdict line={totals} say={say} />
        </Typography.Text>
      )}
      <Rows
        rows={rows}
        keyOf={({ key }) => key}
        columns={columns(words, say)}
        card={(row) => <NetCard row={row} say={say} />}
        none={words.none}
      />
    </Flex>
  )
}

type Say = (tiyn: number) => string

function columns(words: ReturnType<typeof useWords>['net'], say: Say): TableColumnsType<Row> {
  const sum = (title: string, of: (line: FiguresLine) => number, width = 114) => ({
    title,
    align: 'right' as const,
    width,
    render: (_: unknown, { line }: Row) => <span className="sum">{say(of(line))}</span>,
  })
  return [
    { title: words.method, render: (_, row) => <Named row={row} /> },
    sum(words.paid, paidOf),
    sum(words.bank, ({ expected_fee: fee }) => fee),
    sum(words.left, leftOf),
    // As wide as the longest word of its heading.
    sum(words.owed, ({ credited }) => credited, 130),
    {
      title: words.verdict,
      width: 150,
      render: (_, { line }) => <Verdict line={line} say={say} />,
    },
  ]
}

/** What was paid too much is the customer's still. */
function paidOf({ overpaid, turnover }: FiguresLine): number {
  return turnover - overpaid
}

function leftOf(line: FiguresLine): number {
  return paidOf(line) - line.expected_fee
}

function Named({ row: { method, product } }: { readonly row: Row }) {
  const words = useWords().net
  return (
    <>
      <div>{product}</div>
      {method === product ? null : (
        <Typography.Text type="secondary">{words.chosen(method)}</Typography.Text>
      )}
    </>
  )
}

interface VerdictProps {
  readonly line: Parameters<typeof balanceOf>[0]
  readonly say: Say
}

function Verdict({ line, say }: VerdictProps) {
  const words = useWords().net
  const { isLoss, leftTiyn } = balanceOf(line)
  return (
    <Typography.Text type={isLoss ? 'danger' : 'success'}>
      {isLoss ? words.loss(say(-leftTiyn)) : words.gain(say(leftTiyn))}
    </Typography.Text>
  )
}

function NetCard({ row, say }: { readonly row: Row; readonly say: Say }) {
  const words = useWords().net
  const { line } = row
  const sums = [
    [words.paid, paidOf(line)],
    [words.bank, line.expected_fee],
    [words.left, leftOf(line)],
    [words.owed, line.credited],
  ] as const
  return (
    <Flex vertical gap={4}>
      <Typography.Text strong>
        <Named row={row} />
      </Typography.Text>
      {sums.map(([name, tiyn]) => (
        <Flex key={name} justify="space-between" gap={8}>
          <span>{name}</span>
          <span className="sum">{say(tiyn)}</span>
        </Flex>
      ))}
      <Verdict line={line} say={say} />
    </Flex>
  )
}
