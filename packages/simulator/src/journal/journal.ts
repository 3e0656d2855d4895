// What really happened: the money that really moved, when each operation held its terminal, and each
// start call that arrived. Tests compare the centre's books with it, so it must never be written from
// what a terminal says about itself: a fault changes the terminal's words, never these lines.
import { isoTime } from '../clock.ts'
import { type JournalFile, openJournalFile } from './journal-file.ts'

export type OperationKind = 'sale' | 'refund' | 'keyed_sale'
export type OperationOutcome = 'paid' | 'failed' | 'cancelled' | 'forgotten'

/** One movement of money. A refund carries a positive sum; its `kind` tells the direction. */
export interface JournalEntry {
  readonly terminal: number
  readonly serial: string
  readonly process_id: string
  readonly transaction_id: string
  readonly kind: OperationKind
  readonly amount_tenge: number
  readonly product: string
  readonly loan_term: number
  /** The sale's transaction id, for a refund. */
  readonly refund_of: string | null
  readonly at: string
}

export interface OperationStart {
  readonly terminal: number
  readonly serial: string
  readonly process_id: string
  readonly kind: OperationKind
  readonly amount_tenge: number
  readonly qr: string
  readonly started_at: string
}

/** `ended_at` is null while the operation holds its terminal. */
export interface OperationRecord extends OperationStart {
  readonly ended_at: string | null
  readonly outcome: OperationOutcome | null
}

/** A start call as it arrived, accepted or not; `status_code` is null when no answer was given. */
export interface StartCall {
  readonly terminal: number
  readonly serial: string
  readonly call: 'payment' | 'refund'
  readonly amount: string
  readonly accepted: boolean
  readonly status_code: number | null
  readonly process_id: string | null
  readonly fault: string | null
  readonly at: string
}

export type JournalLine =
  | ({ readonly type: 'run' } & { readonly at: string })
  | ({ readonly type: 'entry' } & JournalEntry)
  | ({ readonly type: 'operation_started' } & OperationStart)
  | ({ readonly type: 'operation_ended' } & OperationEnd)
  | ({ readonly type: 'start_call' } & StartCall)

interface OperationEnd {
  readonly terminal: number
  readonly process_id: string
  readonly outcome: OperationOutcome
  readonly at: string
}

export class Journal {
  /** How many earlier runs wrote into the same file: mixed into the seed, so that no QR returns. */
  readonly earlierRuns: number
  readonly #file: JournalFile | null
  readonly #entries: JournalEntry[] = []
  readonly #operations = new Map<string, OperationRecord>()
  readonly #startCalls: StartCall[] = []

  constructor(path: string | undefined, startedAtMs: number) {
    this.#file = path === undefined ? null : openJournalFile(path)
    const earlier = this.#file?.lines ?? []
    for (const line of earlier) this.#apply(line)
    this.earlierRuns = earlier.filter((line) => line.type === 'run').length
    const at = isoTime(startedAtMs)
    this.#write({ type: 'run', at })
    this.#forgetOpen(at)
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries
  }

  get operations(): readonly OperationRecord[] {
    return [...this.#operations.values()]
  }

  get startCalls(): readonly StartCall[] {
    return this.#startCalls
  }

  addEntry(entry: JournalEntry): void {
    this.#write({ type: 'entry', ...entry })
  }

  startOperation(start: OperationStart): void {
    this.#write({ type: 'operation_started', ...start })
  }

  endOperation(end: OperationEnd): void {
    this.#write({ type: 'operation_ended', ...end })
  }

  addStartCall(call: StartCall): void {
    this.#write({ type: 'start_call', ...call })
  }

  sale(transactionId: string): JournalEntry | null {
    const isIt = (entry: JournalEntry) =>
      entry.transaction_id === transactionId && entry.kind !== 'refund'
    return this.#entries.find(isIt) ?? null
  }

  /** What an operation was scanned by; null when this run knows nothing of it. */
  qrOf(terminal: number, processId: string): string | null {
    return this.#operations.get(operationKey(terminal, processId))?.qr ?? null
  }

  refundedTenge(transactionId: string): number {
    return this.#entries
      .filter((entry) => entry.refund_of === transactionId)
      .reduce((sum, entry) => sum + entry.amount_tenge, 0)
  }

  /** Pairs of operations that held one terminal at the same moment. Always empty, or I1 is broken. */
  overlaps(): readonly (readonly [OperationRecord, OperationRecord])[] {
    const byStart = this.operations.toSorted((a, b) => (a.started_at < b.started_at ? -1 : 1))
    return byStart.flatMap((first, index) =>
      byStart
        .slice(index + 1)
        .filter((second) => second.terminal === first.terminal)
        .filter((second) => first.ended_at === null || first.ended_at > second.started_at)
        .map((second): [OperationRecord, OperationRecord] => [first, second]),
    )
  }

  close(): void {
    this.#file?.close()
  }

  #write(line: JournalLine): void {
    this.#file?.append(line)
    this.#apply(line)
  }

  #apply(line: JournalLine): void {
    switch (line.type) {
      case 'run':
        return
      case 'entry': {
        const { type: _, ...entry } = line
        this.#entries.push(entry)
        return
      }
      case 'operation_started': {
        const { type: _, ...start } = line
        const record = { ...start, ended_at: null, outcome: null }
        this.#operations.set(operationKey(line.terminal, line.process_id), record)
        return
      }
      case 'operation_ended': {
        const key = operationKey(line.terminal, line.process_id)
        const record = this.#operations.get(key)
        if (record === undefined) return
        this.#operations.set(key, { ...record, ended_at: line.at, outcome: line.outcome })
        return
      }
      case 'start_call': {
        const { type: _, ...call } = line
        this.#startCalls.push(call)
      }
    }
  }

  /** The simulator was killed in the middle of these: to the new run's terminals they are unknown. */
  #forgetOpen(at: string): void {
    for (const record of this.operations.filter((open) => open.ended_at === null)) {
      const { terminal, process_id } = record
      this.endOperation({ terminal, process_id, outcome: 'forgotten', at })
    }
  }
}

function operationKey(terminal: number, processId: string): string {
  return `${terminal}/${processId}`
}
