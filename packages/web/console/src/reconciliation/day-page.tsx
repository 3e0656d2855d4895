// One day: what it would be closed with, or the report that it was closed with, to be read, printed and taken
// away as a file. A closed report never changes; what came later is said beside it.

import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import type { ClosedDayAnswer, DayPreviewAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Alert, Button, Flex, Select, Typography } from 'antd'
import { addressOf, read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { moment } from '../show/moment.ts'
import { count, money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { CloseDay } from './close-day.tsx'
import { DayReportView } from './day-report.tsx'
import { type Ledger, useLedger } from './ledger.tsx'

type Preview = DayPreviewAnswer['data']
type Closed = ClosedDayAnswer['data']

export function DayPage() {
  const words = useWords()
  const { day } = useParams({ from: '/reconciliation/days/$day' })
  const search = useSearch({ from: '/reconciliation/days/$day' })
  const ledger = useLedger(search)
  return (
    <Page
      title={words.reconciliation.day.title(moment(day))}
      actions={
        <span className="not-printed">
          <Link
            to="/reconciliation"
            search={{ ...(ledger ?? {}), tab: 'days', month: day.slice(0, 7) }}
          >
            {words.reconciliation.tab.days}
          </Link>
        </span>
      }
    >
      {ledger === null ? null : <Day day={day} ledger={ledger} version={search.version} />}
    </Page>
  )
}

interface DayProps {
  readonly day: string
  readonly ledger: Ledger
  readonly version: number | undefined
}

function Day({ day, ledger, version }: DayProps) {
  const preview = useQuery({
    queryKey: ['days', 'preview', day, ledger],
    queryFn: () => read<DayPreviewAnswer>(`/api/admin/days/${day}/preview`, { ...ledger }),
  })
  return (
    <Loaded query={preview} rows={10}>
      {(now) =>
        now.last_version === 0 ? (
          <OpenDay now={now} ledger={ledger} />
        ) : (
          <ClosedDay now={now} ledger={ledger} version={version ?? now.last_version} />
        )
      }
    </Loaded>
  )
}

interface NowProps {
  readonly now: Preview
  readonly ledger: Ledger
}

function OpenDay({ now, ledger }: NowProps) {
  const words = useWords().reconciliation.day
  return (
    <>
      <Alert type="info" showIcon title={now.is_over ? words.open : words.running} />
      {now.is_over ? (
        <Flex gap={8} wrap align="center" className="not-printed">
          <CloseDay preview={now} ledger={ledger} />
          <Link to="/reconciliation" search={{ ...ledger, tab: 'statements' }}>
            {words.toStatement}
          </Link>
        </Flex>
      ) : null}
      <DayReportView report={now.report} />
    </>
  )
}

interface ClosedProps extends NowProps {
  readonly version: number
}

function ClosedDay({ now, ledger, version }: ClosedProps) {
  const words = useWords().reconciliation.day
  const { day } = now.report
  const closed = useQuery({
    queryKey: ['days', 'closed', day, ledger, version],
    queryFn: () => read<ClosedDayAnswer>(`/api/admin/days/${day}`, { ...ledger, version }),
  })
  return (
    <Loaded query={closed} rows={10}>
      {(data) => (
        <>
          <Closing closed={data} />
          <Later closed={data} now={now} />
          <Ways closed={data} now={now} ledger={ledger} />
          <DayReportView report={data.report} />
          <Typography.Text type="secondary">
            {words.fingerprint}: {data.report_sha256}
          </Typography.Text>
        </>
      )}
    </Loaded>
  )
}

function Closing({ closed }: { readonly closed: Closed }) {
  const { day: words, days } = useWords().reconciliation
  return (
    <Typography.Text>
      {words.closedBy(moment(closed.closed_at), closed.closed_by)}
      {closed.version === 1 ? null : ` · ${days.version(closed.version)}`}
      {closed.reason === null ? null : ` · ${words.closedAgain(closed.reason)}`}
    </Typography.Text>
  )
}

/** What has come to the books since the newest closing. */
function Later({ closed, now }: { readonly closed: Closed; readonly now: Preview }) {
  const words = useWords().reconciliation.day
  const isNewest = closed.version === now.last_version
  if (!isNewest || JSON.stringify(closed.report) === JSON.stringify(now.report)) return null
  const [then, present] = [closed.report, now.report]
  const what =
    then.totals.gross === present.totals.gross
      ? words.changedOpen(count(then.open_differences), count(present.open_differences))
      : words.changedSum(money(then.totals.gross), money(present.totals.gross))
  return (
    <Alert
      className="not-printed"
      type="warning"
      showIcon
      title={`${words.changed} ${what} ${words.changedText}`}
    />
  )
}

interface WaysProps extends NowProps {
  readonly closed: Closed
}

function Ways({ closed, now, ledger }: WaysProps) {
  const words = useWords()
  const navigate = useNavigate()
  const { day, version } = closed
  const versions = Array.from({ length: now.last_version }, (_, n) => now.last_version - n)
  return (
    <Flex gap={8} wrap className="not-printed">
      {versions.length < 2 ? null : (
        <Select
          aria-label={words.reconciliation.day.version}
          value={version}
          options={versions.map((value) => ({
            value,
            label: words.reconciliation.days.version(value),
          }))}
          onChange={(chosen: number) =>
            void navigate({
              to: '/reconciliation/days/$day',
              params: { day },
              search: { ...ledger, version: chosen },
            })
          }
        />
      )}
      <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
        {words.reconciliation.day.print}
      </Button>
      {(['xlsx', 'csv'] as const).map((format) => (
        <Button
          key={format}
          icon={<DownloadOutlined />}
          href={addressOf(`/api/admin/days/${day}/export`, { ...ledger, version, format })}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      <CloseDay preview={now} ledger={ledger} />
    </Flex>
  )
}
