// A live look at one terminal within 5 s (T6): what the device is up to now, in one word and one
// sentence. No byte of its own answer goes into them.

import { SECOND_MS, statusOfTerminal, type TerminalStatus } from '@byfly-pay/core'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { DeviceCheck, DeviceFinding } from '../ports/provider.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import { checkTerminal } from './check-terminal.ts'
import { lookBeside } from './look-beside.ts'
import { reachTerminal } from './reach-terminal.ts'

export interface TerminalProbe {
  readonly terminal: TerminalView
  readonly status: TerminalStatus
  /** Null when it did not answer. */
  readonly latencyMs: number | null
  /** Null without a camera, or when the look was over before the camera's. */
  readonly isCameraWell: boolean | null
  readonly message: string
}

const PROBE_MS = 5 * SECOND_MS

type Seen = Pick<TerminalProbe, 'latencyMs' | 'isCameraWell' | 'message'> & {
  readonly answer: Parameters<typeof statusOfTerminal>[2]
}

/** Null when there is no such terminal for the viewer. */
export async function probeTerminal(
  centre: Centre,
  { scope }: Pick<Acting, 'scope'>,
  terminalId: number,
): Promise<TerminalProbe | null> {
  const { terminals } = centre.storage
  const before = await terminals.view(scope, terminalId)
  if (before === null) return null
  const look = before.holder === null ? lookAtIdle : lookAtBusy
  const { answer, ...seen } = await withinLimit(centre, look(centre, terminalId))
  // The look itself may have ended a trouble or found one; an operation may have begun or ended.
  const terminal = (await terminals.view(scope, terminalId)) ?? before
  const { facts, holder, nowMs } = terminal
  const status = statusOfTerminal(facts, holder, answer, nowMs)
  return { terminal, status, ...seen, message: sentenceOf(terminal, status, seen.message) }
}

/** What outlasts the limit, an exchange of tokens, goes on by itself. */
async function withinLimit({ clock }: Centre, look: Promise<Seen>): Promise<Seen> {
  const over = new AbortController()
  const limit = clock.sleep(PROBE_MS, over.signal).then(() => TOO_SLOW)
  try {
    return await Promise.race([look, limit])
  } finally {
    over.abort()
  }
}

const TOO_SLOW: Seen = {
  answer: 'silent',
  latencyMs: null,
  isCameraWell: null,
  message: 'Терминал не ответил за 5 секунд.',
}

async function lookAtIdle(centre: Centre, terminalId: number): Promise<Seen> {
  const check = await checkTerminal(centre, terminalId)
  if (check === null) return TOO_SLOW
  const { camera, finding, latencyMs, message } = check
  return { answer: ANSWERS[finding], latencyMs, isCameraWell: CAMERAS[camera], message }
}

const ANSWERS: Readonly<Record<DeviceFinding, Seen['answer']>> = {
  well: 'well',
  unreachable: 'silent',
  forbidden_address: 'silent',
  no_internet: 'wrong',
  failing: 'wrong',
  not_registered: 'wrong',
  token_expired: 'wrong',
  certificate_changed: 'wrong',
  certificate_untrusted: 'wrong',
  stranger: 'wrong',
}

const CAMERAS: Readonly<Record<DeviceCheck['camera'], boolean | null>> = {
  ok: true,
  failed: false,
  none: null,
}

async function lookAtBusy(centre: Centre, terminalId: number): Promise<Seen> {
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null) return TOO_SLOW
  const { connection, screen } = await lookBeside(centre, reached)
  const isConnected = connection.kind === 'connected'
  return {
    answer: isConnected ? 'well' : 'silent',
    latencyMs: isConnected ? connection.connectMs : null,
    isCameraWell: screen === null ? null : screen.kind !== 'camera_failed',
    message: isConnected ? 'Терминал на связи.' : 'Терминал не отвечает.',
  }
}

function sentenceOf(terminal: TerminalView, status: TerminalStatus, seen: string): string {
  const first = firstOf(terminal, status)
  const sentences = [first, seen, outOfWork(terminal)]
  return sentences.filter((sentence) => sentence !== null).join(' ')
}

function firstOf({ holder, quarantineReason }: TerminalView, status: TerminalStatus) {
  if (status === 'busy') return 'Идёт операция.'
  if (status !== 'quarantined') return null
  if (holder === 'unknown') return 'Карантин: результат операции неизвестен, его спрашивают снова.'
  return holder === 'lost' || quarantineReason === 'start_lost'
    ? 'Карантин: ответ на старт потерялся, операция могла начаться.'
    : 'Карантин: на терминале была операция, которую начал не центр.'
}

function outOfWork({ isActive, suspension, takenOut }: TerminalView): string | null {
  if (!isActive) return 'Отключён в настройках.'
  if (suspension !== null) return 'Отстранён до самопроверки.'
  return takenOut === null ? null : 'Выведен из работы.'
}
