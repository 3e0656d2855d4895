// A live look at one terminal within 5 s (T6): what the device is up to now, in one word and one
// sentence. No byte of its own answer goes into them.

import { type Language, SECOND_MS, statusOfTerminal, type TerminalStatus } from '@byfly-pay/core'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { DeviceCheck, DeviceFinding } from '../ports/provider.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import { checkTerminal } from './check-terminal.ts'
import { lookBeside } from './look-beside.ts'
import { reachTerminal } from './reach-terminal.ts'
import type { TerminalWords } from './words/shape.ts'
import { TERMINAL_WORDS } from './words/words.ts'

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
  language: Language,
): Promise<TerminalProbe | null> {
  const { terminals } = centre.storage
  const before = await terminals.view(scope, terminalId)
  if (before === null) return null
  const words = TERMINAL_WORDS[language]
  const look = before.holder === null ? lookAtIdle : lookAtBusy
  const looking = look(centre, before, words)
  const { answer, ...seen } = await withinLimit(centre, looking, tooSlow(words))
  // The look itself may have ended a trouble or found one; an operation may have begun or ended.
  const terminal = (await terminals.view(scope, terminalId)) ?? before
  const { facts, holder, nowMs } = terminal
  const status = statusOfTerminal(facts, holder, answer, nowMs)
  return {
    terminal,
    status,
    ...seen,
    message: sentenceOf(terminal, status, seen.message, words.look),
  }
}

/** What outlasts the limit, an exchange of tokens, goes on by itself. */
async function withinLimit({ clock }: Centre, look: Promise<Seen>, unseen: Seen): Promise<Seen> {
  const over = new AbortController()
  const limit = clock.sleep(PROBE_MS, over.signal).then(() => unseen)
  try {
    return await Promise.race([look, limit])
  } finally {
    over.abort()
  }
}

function tooSlow({ look }: TerminalWords): Seen {
  return { answer: 'silent', latencyMs: null, isCameraWell: null, message: look.tooSlow }
}

async function lookAtIdle(
  centre: Centre,
  terminal: TerminalView,
  words: TerminalWords,
): Promise<Seen> {
  const check = await checkTerminal(centre, terminal.id)
  if (check === null) return tooSlow(words)
  const { camera, finding, latencyMs } = check
  const message = checkSentence(check, terminal, words)
  return { answer: ANSWERS[finding], latencyMs, isCameraWell: CAMERAS[camera], message }
}

function checkSentence(
  { camera, finding }: DeviceCheck,
  { scheme, tls }: TerminalView,
  { look }: TerminalWords,
): string {
  const unchecked = scheme === 'https' && tls === 'insecure' ? look.uncheckedClause : ''
  return `${look.findings[finding]}${unchecked}${look.cameraClause[camera]}.`
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

async function lookAtBusy(
  centre: Centre,
  { id }: TerminalView,
  words: TerminalWords,
): Promise<Seen> {
  const reached = await reachTerminal(centre, id)
  if (reached === null) return tooSlow(words)
  const { connection, screen } = await lookBeside(centre, reached)
  const isConnected = connection.kind === 'connected'
  return {
    answer: isConnected ? 'well' : 'silent',
    latencyMs: isConnected ? connection.connectMs : null,
    isCameraWell: screen === null ? null : screen.kind !== 'camera_failed',
    message: isConnected ? words.look.connected : words.look.silent,
  }
}

type LookWords = TerminalWords['look']

function sentenceOf(
  terminal: TerminalView,
  status: TerminalStatus,
  seen: string,
  words: LookWords,
): string {
  const sentences = [firstOf(terminal, status, words), seen, outOfWork(terminal, words)]
  return sentences.filter((sentence) => sentence !== null).join(' ')
}

function firstOf(
  { holder, quarantineReason }: TerminalView,
  status: TerminalStatus,
  words: LookWords,
): string | null {
  if (status === 'busy') return words.busy
  if (status !== 'quarantined') return null
  if (holder === 'unknown') return words.resultUnknown
  const isLost = holder === 'lost' || quarantineReason === 'start_lost'
  return isLost ? words.startLost : words.foreignOperation
}

function outOfWork({ isActive, suspension, takenOut }: TerminalView, words: LookWords) {
  if (!isActive) return words.switchedOff
  if (suspension !== null) return words.suspended
  return takenOut === null ? null : words.takenOut
}
