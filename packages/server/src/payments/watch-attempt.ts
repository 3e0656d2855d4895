// Watches one open attempt, or one refund at work, to its end: asks the terminal once a second, has the camera read the QR,
// passes on a request to stop. It reports what it sees through the one door and never frees
// a terminal itself. Each attempt has its own loop, so a hanging terminal delays no other.

import { nextCheckAfterMs, type Observation, QUARANTINE_EXTENSION_MS } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { LockedPayment } from '../ports/payment-store.ts'
import type { LeasedAttempt } from '../ports/pool-store.ts'
import type { Told, Trouble } from '../ports/provider.ts'
import { answerTrouble } from '../terminals/answer-trouble.ts'
import { type ReachedTerminal, reachTerminal } from '../terminals/reach-terminal.ts'
import { applyInput } from './apply-input.ts'
import { inputOf, type News, type Operation, operationIn } from './operation.ts'
import { readQrOf } from './read-qr.ts'

/** How often a terminal is asked again to stop while it has not. */
const STOP_AGAIN_MS = 10_000

/** The longest sleep of a watcher that only waits, so that news from others is seen. */
const LOOK_AGAIN_MS = 5_000

/** One watcher's own memory; everything that matters is in the database. */
interface Watch {
  readonly centre: Centre
  readonly leased: LeasedAttempt
  /** Reached anew whenever what is known of the terminal may have changed. */
  terminal: ReachedTerminal
  readonly signal: AbortSignal
  reading: Promise<void> | null
  stopAskedAt: number | null
  /** Whether the look under way is worth a span: the first is, and one that changed or began something. */
  hasNews: boolean
}

/** Ends when the attempt has ended, when another instance watches it, or when aborted. */
export async function watchAttempt(
  centre: Centre,
  leased: LeasedAttempt,
  signal: AbortSignal,
): Promise<void> {
  const terminal = await reachTerminal(centre, leased.terminalId)
  if (terminal === null) return
  const memory = { reading: null, stopAskedAt: null, hasNews: true }
  const watch: Watch = { centre, leased, terminal, signal, ...memory }
  let dueAt = centre.clock.now()
  while (!signal.aborted) {
    const began = centre.clock.now()
    centre.meter.lookedLate(Math.max(began - dueAt, 0))
    const seen = await centre.storage.payments.peek(leased.paymentId)
    const operation = seen === null ? null : operationIn(seen.payment, leased)
    if (seen === null || operation?.isOpen !== true) return
    const nextInMs = await tracedLook(watch, seen, operation)
    if (nextInMs === null) return
    // A machine's clock that is set back meanwhile must not make the next look a day's sleep away.
    const tookMs = Math.max(centre.clock.now() - began, 0)
    dueAt = began + nextInMs
    await centre.clock.sleep(Math.max(nextInMs - tookMs, 0), signal)
  }
}

/** A look a second that finds nothing new would bury the others. */
function tracedLook(
  watch: Watch,
  seen: LockedPayment,
  operation: Operation,
): Promise<number | null> {
  const { attemptId: attempt, paymentId: payment, terminalId: terminal } = watch.leased
  const facts = { payment, attempt, terminal, state: operation.state.kind }
  return watch.centre.tracer.span('look at terminal', facts, async (span) => {
    const nextInMs = await look(watch, seen, operation)
    if (!watch.hasNews) span.drop()
    watch.hasNews = false
    return nextInMs
  })
}

/** One look; the time until the next in ms, or null when there is nothing more to watch. */
async function look(
  watch: Watch,
  seen: LockedPayment,
  operation: Operation,
): Promise<number | null> {
  const { state } = operation
  switch (state.kind) {
    case 'reserved':
      // Its starter is gone, and nothing was called before `calling` was written.
      return tell(watch, { kind: 'release' }, 0)
    case 'calling':
      // Its starter is gone in mid-call: nobody can tell what became of it.
      return tell(watch, { kind: 'start_lost' }, 0)
    case 'lost':
      return sitOutQuarantine(watch, state.sinceMs, seen.now)
    case 'live':
    case 'stray':
      startReadingQr(watch, operation)
      return askTerminal(
        watch,
        operation,
        watch.terminal.device.pollMs ?? watch.centre.limits.pollMs,
      )
    case 'unknown':
      return askTerminal(watch, operation, nextCheckAfterMs(seen.now - state.sinceMs))
    default:
      return null
  }
}

/** @returns `nextInMs`, or null when the attempt is no longer this watcher's to report on. */
async function tell(watch: Watch, news: News, nextInMs: number): Promise<number | null> {
  const { centre, leased } = watch
  const { attemptId, fence, paymentId } = leased
  const lease = { attemptId, owner: centre.instance, fence }
  const result = await applyInput(centre, paymentId, inputOf(leased, news), { lease })
  if (result.kind !== 'unchanged') watch.hasNews = true
  if (result.kind !== 'applied' && result.kind !== 'unchanged') return null
  startReadingQr(watch, operationIn(result.payment, leased))
  return nextInMs
}

async function askTerminal(watch: Watch, operation: Operation, nextInMs: number) {
  const { processId } = operation
  if (processId === null) return null
  await passOnStop(watch, operation, processId)
  const { trouble, ...observation } = await observe(watch, operation, processId)
  if (watch.signal.aborted) return null
  const next = await tell(watch, { kind: 'observed', observation }, nextInMs)
  if (next === null || observation.kind !== 'no_answer') return next
  return (await mend(watch, trouble)) ? 0 : next
}

/** Only a terminal that says itself that it does not know is made to ask its bank again. */
async function observe(
  { centre, leased, signal, terminal: { device, provider } }: Watch,
  { state }: Operation,
  processId: string,
): Promise<Told<Observation>> {
  const hear = centre.exchanges.of(leased)
  const observed = await provider.observe(device, processId, signal, hear)
  const asksBank = state.kind === 'unknown' && observed.kind === 'unknown'
  return asksBank ? provider.actualize(device, processId, signal, hear) : observed
}

/** @returns whether asking again at once may go better: with a new token, as a rule. */
async function mend(watch: Watch, trouble: Trouble | undefined): Promise<boolean> {
  const { centre, leased, signal, terminal } = watch
  const isMended = trouble !== undefined && (await answerTrouble(centre, terminal, trouble, signal))
  // Silence too: its address or its token may have been changed by others meanwhile.
  watch.terminal = (await reachTerminal(centre, leased.terminalId)) ?? terminal
  return isMended
}

async function passOnStop(
  watch: Watch,
  { stopRequested }: Operation,
  processId: string,
): Promise<void> {
  const { centre, leased, signal, terminal } = watch
  const { device, provider } = terminal
  if (!stopRequested || device.canStop === false) return
  const now = centre.clock.now()
  if (watch.stopAskedAt !== null && now - watch.stopAskedAt < STOP_AGAIN_MS) return
  watch.stopAskedAt = now
  const answer = await provider.stop(device, processId, signal, centre.exchanges.of(leased))
  if (answer === 'no_answer' || device.canStop !== null) return
  const canStop = answer === 'asked'
  await centre.storage.terminals.noteStopping(device.terminalId, canStop)
  watch.terminal = { ...terminal, device: { ...device, canStop } }
}

/**
 * The camera is read beside the polls, never instead of one, and only after `WaitUser` (rule 5): from the very
 * look that has seen it, since the customer waits.
 */
function startReadingQr(watch: Watch, operation: Operation | null): void {
  if (operation === null || watch.reading !== null) return
  const { id, state, wantsQr } = operation
  if (!wantsQr || state.kind !== 'live' || state.phase !== 'waiting_for_scan') return
  const { centre, leased, signal } = watch
  const { device, provider } = watch.terminal
  // Its QR came with its answer; there is no screen.
  if (provider.way !== 'terminal') return
  watch.hasNews = true
  watch.reading = readQrOf(centre, provider, device, leased, signal)
    .catch((error: Error) => {
      centre.log.error({ attempt: id, error: error.message }, 'Чтение QR прервалось')
    })
    .finally(() => {
      watch.reading = null
    })
}

/** A lost start keeps its terminal for the quarantine, longer while the camera sees a QR (rule 3). */
async function sitOutQuarantine(watch: Watch, sinceMs: number, now: number) {
  const { centre, signal } = watch
  const { device, provider } = watch.terminal
  const leftMs = sinceMs + centre.limits.quarantineMs - now
  if (leftMs > 0) return Math.min(leftMs, LOOK_AGAIN_MS)
  if (device.cameraUrl !== null) {
    const reading = await provider.readQr(device, signal)
    if (reading.kind === 'read')
      return Math.min(QUARANTINE_EXTENSION_MS, centre.limits.quarantineMs)
  }
  return tell(watch, { kind: 'abandon' }, 0)
}
