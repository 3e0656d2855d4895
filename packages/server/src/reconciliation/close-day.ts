// A day is closed with a report that says what was taken, what the bank showed of it, and what does not agree
// yet. The report is kept to the byte; closing the day again adds another with its reason.

import { type Coverage, DAY_MS, dayNumber, momentOfLocal } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import { entrySentences } from '../desks/entry-sentences.ts'
import { taskTitle } from '../payments/history-sentences.ts'
import { PAYMENT_WORDS } from '../payments/words/words.ts'
import type { Centre } from '../ports/centre.ts'
import type {
  BankSums,
  ClosedDay,
  DayLine,
  DayReport,
  DayReportSums,
  DaySums,
} from '../ports/day-store.ts'
import type { DeskEntry } from '../ports/desk-store.ts'
import type { Ledger } from '../ports/statement-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { refuseArchived } from './archived-period.ts'
import { isLedgerOf } from './upload-statement.ts'

/** A report is kept to the byte, so it has one language whoever closes the day, or looks at it before. */
const REPORT_LANGUAGE = 'ru'
/** In one report; the desks have them all. */
const FINDINGS_LIMIT = 1_000

export type CloseDayOutcome =
  | { readonly kind: 'closed'; readonly day: ClosedDay }
  | { readonly kind: 'not_found' | 'not_a_day' | 'day_not_over' | 'reason_required' }

export async function closeDay(
  centre: Pick<Centre, 'storage' | 'zone' | 'clock'>,
  acting: Acting,
  ledger: Ledger,
  day: string,
  reason: string | null,
): Promise<CloseDayOutcome> {
  const { days, statements } = centre.storage
  const time = timeOfDay(day, centre.zone)
  if (time === null) return { kind: 'not_a_day' }
  if (!(await isLedgerOf(centre, acting, ledger))) return { kind: 'not_found' }
  if (centre.clock.now() <= time.toMs) return { kind: 'day_not_over' }
  return audited<CloseDayOutcome>(centre, acting.actor, async (tx) => {
    await statements.lock(tx, ledger)
    const before = await days.lastVersion(tx, ledger, day)
    if (before > 0 && reason === null) return { result: { kind: 'reason_required' }, line: null }
    const lockEntry = (id: bigint) => centre.storage.desks.lock(tx, acting.scope, id)
    const report = JSON.stringify(await reportOf(centre, tx, ledger, { day, time }, lockEntry))
    const closed = await days.close(tx, {
      ...ledger,
      day,
      version: before + 1,
      report,
      reason: before === 0 ? null : reason,
      closedBy: acting.actor.name,
    })
    const target = { kind: 'day', id: `${day} ${ledger.system} ${ledger.countryIso}` }
    const facts = { version: closed.version, sha256: closed.reportHash.toString('hex'), reason }
    return {
      result: { kind: 'closed', day: closed },
      line: { action: 'day.closed', target, facts },
    }
  })
}

export interface DayPreview {
  readonly report: DayReport
  /** Of the reports that it is closed with; 0 for a day that is open. */
  readonly lastVersion: number
  readonly isOver: boolean
}

/** What closing the day now would write down; nothing is written. Null for what is no day of theirs. */
export async function previewDay(
  centre: Pick<Centre, 'storage' | 'zone' | 'clock'>,
  { scope }: Pick<Acting, 'scope'>,
  ledger: Ledger,
  day: string,
): Promise<DayPreview | null> {
  const { days, desks } = centre.storage
  const time = timeOfDay(day, centre.zone)
  if (time === null || !(await isLedgerOf(centre, { scope }, ledger))) return null
  const isOver = centre.clock.now() > time.toMs
  return centre.storage.transaction(async (tx) => ({
    report: await reportOf(centre, tx, ledger, { day, time }, (id) => desks.entry(scope, id, tx)),
    lastVersion: await days.lastVersion(tx, ledger, day),
    isOver,
  }))
}

/** Both inclusive; null for what is no day of the calendar. */
export function timeOfDay(day: string, zone: string): Coverage | null {
  const number = dayNumber(day)
  if (number === null) return null
  const startOf = (n: number) => {
    const date = new Date(n * DAY_MS)
    const fields = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()] as const
    return momentOfLocal([...fields, 0, 0, 0], zone)
  }
  const fromMs = startOf(number)
  const nextMs = startOf(number + 1)
  return fromMs === null || nextMs === null ? null : { fromMs, toMs: nextMs - 1 }
}

async function reportOf(
  { storage, zone }: Pick<Centre, 'storage' | 'zone'>,
  tx: Transaction,
  ledger: Ledger,
  { day, time }: { readonly day: string; readonly time: Coverage },
  entryAt: (id: bigint) => Promise<DeskEntry | null>,
): Promise<DayReport> {
  await refuseArchived(storage, time)
  const lines = await storage.days.sums(tx, ledger, time)
  const bank = await storage.days.bank(tx, ledger, time)
  const ids = await storage.days.openFindings(tx, ledger, time)
  const findings = []
  for (const id of ids.slice(0, FINDINGS_LIMIT)) {
    const entry = await entryAt(id)
    if (entry === null) continue
    const { kind } = entry
    findings.push({
      id: Number(id),
      kind,
      title: taskTitle(kind, PAYMENT_WORDS[REPORT_LANGUAGE]),
      known: entrySentences(entry, zone, REPORT_LANGUAGE),
    })
  }
  const grouped = (by: DayLine['by']) => lines.filter((line) => line.by === by).map(showLine)
  return {
    day,
    zone,
    system: ledger.system,
    country: ledger.countryIso,
    amount_unit: 'tiyn',
    totals: showSums(lines.find(({ by }) => by === null) ?? NOTHING),
    by_method: grouped('method'),
    by_terminal: grouped('terminal'),
    by_source: grouped('source'),
    bank: bank.map(showBank),
    open_differences: ids.length,
    differences: findings,
  }
}

const NOTHING: DaySums = {
  captures: 0n,
  grossTiyn: 0n,
  creditedTiyn: 0n,
  overpaidTiyn: 0n,
  expectedFeeTiyn: 0n,
  realFeeTiyn: 0n,
  realFees: 0n,
  payoutTiyn: 0n,
}

function showLine({ key, name, ...sums }: DayLine) {
  return { key, name, ...showSums(sums) }
}

function showSums(sums: DaySums): DayReportSums {
  return {
    captures: Number(sums.captures),
    gross: Number(sums.grossTiyn),
    credited: Number(sums.creditedTiyn),
    overpaid: Number(sums.overpaidTiyn),
    expected_fee: Number(sums.expectedFeeTiyn),
    real_fee: Number(sums.realFeeTiyn),
    real_fees: Number(sums.realFees),
    payout: Number(sums.payoutTiyn),
  }
}

function showBank({ feeTiyn, move, operations, tiyn, verdict }: BankSums) {
  return {
    operation: move,
    verdict,
    operations: Number(operations),
    amount: Number(tiyn),
    fee: Number(feeTiyn),
  }
}
