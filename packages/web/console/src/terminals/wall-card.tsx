// One terminal of the wall: what its camera saw, what is on its screen and for whom, how it serves, and what a
// person should do. Every line has its place, so that nothing moves when one of them comes or goes.

import type { TerminalOnWall } from '@byfly-pay/contract'
import { Link } from '@tanstack/react-router'
import { Card, Flex, type GlobalToken, Progress, Tag, Typography, theme } from 'antd'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { LastFrame } from './last-frame.tsx'
import { lasting } from './lasting.ts'
import { TerminalActions } from './terminal-actions.tsx'
import { needsHand } from './wall-search.ts'
import { Why } from './why.tsx'

const GOOD = 80
const FAIR = 50

type Status = TerminalOnWall['status']

/** Red is only what a person has to mend; what ends by itself is amber. */
const COLOURS: Readonly<Record<Status, string>> = {
  free: 'success',
  busy: 'processing',
  taken_out: 'default',
  error: 'error',
  quarantined: 'warning',
  suspended: 'warning',
  offline: 'error',
  disabled: 'default',
}

interface Props {
  readonly terminal: TerminalOnWall
  /** Shown on a monitor, where nobody presses anything. */
  readonly isMonitor: boolean
}

export function WallCard({ terminal, isMonitor }: Props) {
  const words = useWords()
  const { token } = theme.useToken()
  const { name, status } = terminal
  const edge = needsHand(terminal) ? token.colorError : token.colorBorderSecondary
  return (
    <Card
      size="small"
      title={
        <Flex justify="space-between" gap={8} align="center">
          <h2 className="one-line" style={{ fontSize: 15, margin: 0 }}>
            {name}
          </h2>
          <Tag color={COLOURS[status]} style={{ marginInlineEnd: 0 }}>
            {words.terminals.status[status]}
          </Tag>
        </Flex>
      }
      style={{ display: 'flex', flexDirection: 'column', borderColor: edge }}
      styles={{ body: { flex: 1, display: 'flex', flexDirection: 'column', gap: 8 } }}
    >
      <LastFrame terminal={terminal} />
      <Screen terminal={terminal} />
      <Work terminal={terminal} />
      <Why terminal={terminal} />
      <div style={{ flex: '1 0 0' }} />
      <Health terminal={terminal} />
      {isMonitor ? null : <TerminalActions terminal={terminal} />}
    </Card>
  )
}

function Screen({ terminal }: { readonly terminal: TerminalOnWall }) {
  const words = useWords().devices
  const { last_seen_at: seen, qr_read: isRead, screen, status } = terminal
  const isUnseen = screen === 'idle' && (status === 'offline' || seen === null)
  const name = isUnseen ? 'unseen' : screen === 'qr' && isRead ? 'qrRead' : screen
  return (
    <div>
      <Typography.Text type="secondary">{words.screenTitle}: </Typography.Text>
      <Typography.Text>{words.screen[name]}</Typography.Text>
    </div>
  )
}

/** Two lines, whether or not there is anything to say. */
function Work({ terminal }: { readonly terminal: TerminalOnWall }) {
  const words = useWords().devices
  const { status, waiting, work } = terminal
  if (work === null) {
    return (
      <div className="two-lines">
        <Typography.Text type="secondary">
          {status === 'busy' ? words.hiddenWork : words.noWork}
        </Typography.Text>
        <div>{waiting === 0 ? null : words.canServe(waiting)}</div>
      </div>
    )
  }
  const { amount, currency, for_seconds: lasts, purpose, since, transaction_id: id } = work
  return (
    <div className="two-lines">
      <Flex justify="space-between" gap={8}>
        <Link to="/payments/$id" params={{ id }}>
          {words.work[purpose]}
        </Link>
        <span className="sum">{money(amount, currency)}</span>
      </Flex>
      <Typography.Text type="secondary" className="moment">
        {words.since(beginning(since, lasts), lasting(lasts, words))}
      </Typography.Text>
    </div>
  )
}

const TODAY_SECONDS = 12 * 3_600
const CLOCK_LETTERS = 5

/** The hour says enough of what began today. */
function beginning(since: string, lasts: number): string {
  const whole = moment(since)
  return lasts < TODAY_SECONDS ? whole.slice(-CLOCK_LETTERS) : whole
}

function Health({ terminal }: { readonly terminal: TerminalOnWall }) {
  const words = useWords().terminals
  const { token } = theme.useToken()
  const { health, last_seen_at: seen } = terminal
  const said = seen === null ? words.neverSeen : words.seen(moment(seen))
  return (
    <div>
      <Flex justify="space-between" gap={8}>
        <Typography.Text type="secondary">{words.health}</Typography.Text>
        <Typography.Text className="sum">{health?.score ?? '—'}</Typography.Text>
      </Flex>
      <Progress
        percent={health?.score ?? 0}
        showInfo={false}
        size="small"
        aria-label={words.health}
        strokeColor={colourOf(health?.score ?? GOOD, token)}
      />
      <Typography.Text type="secondary" className="one-line">
        {health === null ? words.noWork : words.faults(health.faults, health.trials)}
      </Typography.Text>
      <Typography.Text type="secondary" className="one-line">
        {said}
      </Typography.Text>
    </div>
  )
}

/** A low score asks for a look, not for a hand: it is never red. */
function colourOf(score: number, token: GlobalToken): string {
  if (score >= GOOD) return token.colorSuccess
  return score >= FAIR ? token.colorInfo : token.colorWarning
}
