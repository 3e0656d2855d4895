// The wall of terminals: the page one leaves open. Red is only what needs a hand now.

import type { TerminalData } from '@byfly-pay/contract'
import { Link } from '@tanstack/react-router'
import { Card, Empty, Flex, Progress, Tag, Typography } from 'antd'
import { useTerminals } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'
import { TerminalActions } from './terminal-actions.tsx'

const EVERY_MS = 3_000
const GOOD = 80
const FAIR = 50

type Status = TerminalData['status']

const COLOURS: Readonly<Record<Status, string>> = {
  free: 'success',
  busy: 'processing',
  taken_out: 'default',
  error: 'error',
  quarantined: 'warning',
  suspended: 'error',
  offline: 'error',
  disabled: 'default',
}

export function WallPage() {
  const words = useWords()
  const terminals = useTerminals(EVERY_MS)
  return (
    <Page title={words.pages.terminals}>
      <Loaded query={terminals} rows={10}>
        {(data) =>
          data.length === 0 ? (
            <Card>
              <Empty description={words.terminals.none}>
                <Typography.Text type="secondary">{words.terminals.noneHint}</Typography.Text>
              </Empty>
            </Card>
          ) : (
            <>
              <Summary terminals={data} />
              <div className="wall">
                {data.map((terminal) => (
                  <TerminalCard key={terminal.id} terminal={terminal} />
                ))}
              </div>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Summary({ terminals }: { readonly terminals: readonly TerminalData[] }) {
  const words = useWords().terminals
  const counts = Map.groupBy(terminals, ({ status }) => status)
  return (
    <Flex gap={4} wrap>
      {[...counts].map(([status, those]) => (
        <Tag key={status} color={COLOURS[status]}>
          {words.status[status]}: {those.length}
        </Tag>
      ))}
    </Flex>
  )
}

function TerminalCard({ terminal }: { readonly terminal: TerminalData }) {
  const words = useWords().terminals
  const { current_transaction_id: current, last_seen_at: seen, name, status } = terminal
  return (
    <Card
      size="small"
      title={
        <Flex justify="space-between" gap={8} align="center">
          <h2 className="one-line" style={{ fontSize: 15, margin: 0 }}>
            {name}
          </h2>
          <Tag color={COLOURS[status]} style={{ marginInlineEnd: 0 }}>
            {words.status[status]}
          </Tag>
        </Flex>
      }
      style={{ display: 'flex', flexDirection: 'column' }}
      styles={{ body: { flex: 1, display: 'flex', flexDirection: 'column', gap: 8 } }}
    >
      <Why terminal={terminal} />
      {current === null ? null : (
        <Link to="/payments/$id" params={{ id: current }}>
          {words.current}
        </Link>
      )}
      <Health terminal={terminal} />
      <div style={{ flex: '1 0 0' }} />
      <Typography.Text type="secondary" className="moment">
        {seen === null ? words.neverSeen : words.seen(moment(seen))}
      </Typography.Text>
      <TerminalActions terminal={terminal} />
    </Card>
  )
}

function Why({ terminal }: { readonly terminal: TerminalData }) {
  const words = useWords().terminals
  const { quarantine_reason: quarantine, suspended, taken_out: out, trouble } = terminal
  const until = terminal.quarantined_until
  const lines = [
    trouble === null ? null : words.trouble[trouble],
    out === null ? null : words.takenOut(out.by, out.reason),
    quarantine === null ? null : words.quarantine[quarantine],
    quarantine === null || until === null ? null : words.until(moment(until)),
    suspended === null ? null : words.suspended[suspended.reason],
  ].filter((line) => line !== null)
  return lines.map((line) => <Typography.Text key={line}>{line}</Typography.Text>)
}

function Health({ terminal }: { readonly terminal: TerminalData }) {
  const words = useWords().terminals
  const { health } = terminal
  if (health === null) return <Typography.Text type="secondary">{words.noWork}</Typography.Text>
  const { score } = health
  return (
    <div>
      <Flex justify="space-between">
        <Typography.Text type="secondary">{words.health}</Typography.Text>
        <Typography.Text className="sum">{score}</Typography.Text>
      </Flex>
      <Progress
        percent={score}
        showInfo={false}
        size="small"
        aria-label={words.health}
        status={score >= GOOD ? 'success' : score >= FAIR ? 'normal' : 'exception'}
      />
      <Typography.Text type="secondary">
        {words.faults(health.faults, health.trials)}
      </Typography.Text>
    </div>
  )
}
