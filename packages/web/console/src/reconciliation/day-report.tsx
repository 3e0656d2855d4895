// A day's report as it is read, on a screen and on paper: what was taken and by what, what the bank showed, what
// does not agree. Every figure is the report's.

import type { DayReport } from '@byfly-pay/contract'
import { Link } from '@tanstack/react-router'
import { Flex, Statistic, Table, Tag, Typography } from 'antd'
import { useMethods } from '../api/places.ts'
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
  const figures = [
    [words.gross, money(totals.gross), words.captures(count(totals.captures))],
    [words.credited, money(totals.credited), null],
    ...(totals.overpaid === 0 ? [] : [[words.overpaid, money(totals.overpaid), null] as const]),
    [words.expectedFee, money(totals.expected_fee), null],
    [
      words.realFee,
      money(totals.real_fee),
      words.realFees(count(totals.real_fees), count(totals.captures)),
    ],
    [words.payout, money(totals.payout), null],
    [words.openDifferences, count(open), null],
  ] as const
  return (
    <div className="figures">
      {figures.map(([title, value, note]) => (
        <div key={title}>
          <Statistic title={title} value={value} styles={{ content: { fontSize: 20 } }} />
          {note === null ? null : <Typography.Text type="secondary">{note}</Typography.Text>}
        </div>
      ))}
    </div>
  )
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
              <>
                {nameOf(line)}
                <br />
                <Typography.Text type="secondary">
                  {words.captures(count(line.captures))}
                </Typography.Text>
              </>
            ),
          },
          {
            title: words.gross,
            align: 'right',
            render: (_, { gross }) => <span className="sum">{money(gross)}</span>,
          },
          {
            title: words.fee,
            align: 'right',
            render: (_, { expected_fee: fee }) => <span className="sum">{money(fee)}</span>,
          },
        ]}
      />
    </Part>
  )
}

function Bank({ lines }: { readonly lines: readonly BankLine[] }) {
  const { outcome, report: words } = useWords().reconciliation
  return (
    <Part title={words.bank}>
      {lines.length === 0 ? (
        <Typography.Text type="secondary">{words.noBank}</Typography.Text>
      ) : (
        <Table<BankLine>
          size="small"
          pagination={false}
          dataSource={lines}
          rowKey={({ operation, verdict }) => `${operation} ${verdict}`}
          columns={[
            {
              title: words.operations,
              render: (_, { operation, operations, verdict }) => (
                <Flex vertical gap={2} align="flex-start">
                  <span>
                    {operation === 'sale' ? words.sales : words.refunds}: {count(operations)}
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
              title: words.gross,
              align: 'right',
              render: (_, { amount }) => <span className="sum">{money(amount)}</span>,
            },
            {
              title: words.fee,
              align: 'right',
              render: (_, { fee }) => <span className="sum">{money(fee)}</span>,
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
