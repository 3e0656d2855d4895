// A day's report as it is read, on a screen and on paper: what was taken and by what, what the bank showed, what
// does not agree. Every figure is the report's.

import type { DayReport } from '@byfly-pay/contract'
import { Link } from '@tanstack/react-router'
import { Flex, Table, Tag, Typography } from 'antd'
import { useMethods } from '../api/places.ts'
import { type Figure, Figures } from '../parts/figures.tsx'
import { Part } from '../parts/part.tsx'
import { count, money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { VERDICT_COLOURS } from './statements.tsx'

type Line = DayReport['by_method'][number]
type BankLine = DayReport['bank'][number]

export function DayReportView({ report }: { readonly report: DayReport }) {
  const words = useWords().reconciliation.report
  const methods = useMethods().data
  const methodName = ({ key }: Line) =>
    key === null ? words.unknown : (methods?.find(({ code }) => code === key)?.name ?? key)
  const thingName = ({ key, name }: Line) => name ?? key ?? '—'
  return (
    <>
      <Totals report={report} />
      {report.totals.captures === 0 ? null : (
        <div className="halves">
          <Lines title={words.byMethod} lines={report.by_method} nameOf={methodName} />
          <Lines title={words.byTerminal} lines={report.by_terminal} nameOf={thingName} />
          <Lines title={words.bySource} lines={report.by_source} nameOf={thingName} />
          <Bank lines={report.bank} />
        </div>
      )}
      {report.totals.captures === 0 && report.bank.length > 0 ? <Bank lines={report.bank} /> : null}
      <Differences report={report} />
    </>
  )
}

function Totals({ report: { open_differences: open, totals } }: { readonly report: DayReport }) {
  const words = useWords().reconciliation.report
  if (totals.captures === 0) return <Typography.Text>{words.nothing}</Typography.Text>
  const figures: readonly Figure[] = [
    {
      title: words.gross,
      value: money(totals.gross),
      note: words.captures(count(totals.captures)),
    },
    { title: words.credited, value: money(totals.credited) },
    ...(totals.overpaid === 0 ? [] : [{ title: words.overpaid, value: money(totals.overpaid) }]),
    { title: words.expectedFee, value: money(totals.expected_fee) },
    {
      title: words.realFee,
      value: money(totals.real_fee),
      note: words.realFees(count(totals.real_fees), count(totals.captures)),
    },
    { title: words.payout, value: money(totals.payout) },
    { title: words.openDifferences, value: count(open) },
  ]
  return <Figures figures={figures} />
}

interface LinesProps {
  readonly title: string
  readonly lines: readonly Line[]
  readonly nameOf: (line: Line) => string
}

function Lines({ title, lines, nameOf }: LinesProps) {
  const words = useWords().reconciliation.report
  return (
    <Part title={title}>
      <Table<Line>
        size="small"
        pagination={false}
        dataSource={lines}
        rowKey={({ key }) => key ?? ''}
        columns={[
          {
            title: words.name,
            render: (_, line) => (
              <Named name={nameOf(line)} note={words.captures(count(line.captures))} />
            ),
          },
          {
            title: words.gross,
            align: 'right',
            render: (_, { expected_fee: fee, gross }) => <Taken tiyn={gross} feeTiyn={fee} />,
          },
        ]}
      />
    </Part>
  )
}

function Named({ name, note }: { readonly name: string; readonly note: string }) {
  return (
    <>
      <div>{name}</div>
      <Typography.Text type="secondary">{note}</Typography.Text>
    </>
  )
}

/** Two sums under one another fit the narrowest screen. */
function Taken({ tiyn, feeTiyn }: { readonly tiyn: number; readonly feeTiyn: number }) {
  const words = useWords().reconciliation.report
  return (
    <>
      <div className="sum">{money(tiyn)}</div>
      <Typography.Text type="secondary">{words.feeOf(money(feeTiyn))}</Typography.Text>
    </>
  )
}

function Bank({ lines }: { readonly lines: readonly BankLine[] }) {
  const { operation, outcome, report: words } = useWords().reconciliation
  return (
    <Part title={words.bank}>
      {lines.length === 0 ? (
        <Typography.Text type="secondary">{words.noBank}</Typography.Text>
      ) : (
        <Table<BankLine>
          size="small"
          pagination={false}
          dataSource={lines}
          rowKey={({ operation: kind, verdict }) => `${kind} ${verdict}`}
          columns={[
            {
              title: words.operations,
              render: (_, { operation: kind, operations, verdict }) => (
                <Flex vertical gap={2} align="flex-start">
                  <span>
                    {kind === 'sale' ? words.sales : words.refunds}: {count(operations)}
                  </span>
                  {verdict === null ? (
                    <Tag>{words.notJudged}</Tag>
                  ) : (
                    <Tag color={VERDICT_COLOURS[verdict]}>{outcome[verdict]}</Tag>
                  )}
                </Flex>
              ),
            },
            {
              title: operation.amount,
              align: 'right',
              render: (_, { amount, fee }) => <Taken tiyn={amount} feeTiyn={fee} />,
            },
          ]}
        />
      )}
    </Part>
  )
}

function Differences({ report }: { readonly report: DayReport }) {
  const words = useWords()
  const { noDifferences, differences } = words.reconciliation.report
  return (
    <Part title={differences}>
      {report.differences.length === 0 ? (
        <Typography.Text type="secondary">{noDifferences}</Typography.Text>
      ) : (
        <Flex vertical gap={12}>
          {report.differences.map(({ id, known, title }) => (
            <div key={id} lang="ru">
              <Typography.Text strong>
                {title} · № {id}
              </Typography.Text>
              {known.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </div>
          ))}
          <Link to="/tasks" search={{ desk: 'statements' }} className="not-printed">
            {words.pages.tasks}
          </Link>
        </Flex>
      )}
    </Part>
  )
}
