// I5, I6, I10, I13: the history replayed, and nothing left that nobody minds.

import type { Evidence, Rule } from './check-books.ts'

export const storyRules: readonly Rule[] = [
  historyReplays,
  endsAreProved,
  refusedDidNotStart,
  nobodyIsForgotten,
]

/** Status → statuses that one change may lead to. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  pending: ['pending', 'processing', 'cancelled', 'paid', 'partially_paid'],
  processing: ['pending', 'processing', 'failed', 'cancelled', 'paid', 'partially_paid'],
  failed: ['failed', 'processing', 'cancelled', 'paid', 'partially_paid'],
  partially_paid: ['partially_paid', 'processing', 'paid', 'cancelled'],
  cancelled: ['cancelled', 'paid', 'partially_paid'],
  paid: ['paid'],
}

interface HistoryRow {
  readonly id: string
  readonly status: string
  readonly version: number
  readonly line: number | null
  readonly status_before: string | null
  readonly status_after: string | null
}

async function historyReplays({ sql }: Evidence) {
  const rows: HistoryRow[] = await sql(`
    SELECT p.id, p.status, p.version, h.version AS line, h.status_before, h.status_after
    FROM payments p LEFT JOIN payment_history h ON h.payment_id = p.id
    ORDER BY p.id, h.version`)
  const wrong: string[] = []
  for (const lines of Map.groupBy(rows, ({ id }) => id).values()) {
    wrong.push(...replay(lines))
  }
  return wrong
}

function replay(lines: readonly HistoryRow[]): string[] {
  const wrong: string[] = []
  let status: string | null = null
  lines.forEach((row, place) => {
    const { id, line, status_after: after, status_before: before } = row
    if (line !== place + 1) wrong.push(`I10: история ${id}: строка ${line} на месте ${place + 1}`)
    if (before !== status) wrong.push(`I10: история ${id}: ${before} вместо ${status}`)
    if (status !== null && !NEXT[status]?.includes(after ?? '')) {
      wrong.push(`I6: платёж ${id} перешёл из ${status} в ${after}`)
    }
    status = after
  })
  const last = lines.at(-1)
  if (last !== undefined && (last.status !== status || last.version !== lines.length)) {
    wrong.push(`I10: история ${last.id} кончается не тем: ${status}, а платёж ${last.status}`)
  }
  return wrong
}

/** I6: `failed` and `cancelled` only when every attempt's end is proved or stands on a desk. */
async function endsAreProved({ sql }: Evidence) {
  const rows = await sql(`
    SELECT p.id, p.status, a.state
    FROM payments p JOIN attempts a ON a.payment_id = p.id
    WHERE p.status IN ('failed', 'cancelled', 'pending')
      AND NOT (a.state IN ('released', 'refused', 'failed', 'succeeded')
        OR (p.status = 'cancelled' AND a.state IN ('live', 'unknown', 'stray'))
        OR EXISTS (SELECT FROM tasks t WHERE t.attempt_id = a.id AND t.closed_at IS NULL)
        OR EXISTS (SELECT FROM reconciliation r WHERE r.attempt_id = a.id))`)
  return rows.map((row) => `I6: платёж ${row.id} ${row.status}, а попытка ${row.state} не доказана`)
}

/** I6: what is called certainly not started did not start, by the terminal's own journal. */
async function refusedDidNotStart({ journal, sql }: Evidence) {
  const rows = await sql(`
    SELECT a.id, a.state, t.camera_id AS terminal, a.charge_tiyn / 100 AS tenge,
      a.created_at AS began, a.ended_at AS ended
    FROM attempts a JOIN terminals t ON t.id = a.terminal_id
    WHERE a.state IN ('refused', 'released')`)
  return rows.flatMap(({ began, ended, id, state, tenge, terminal }) => {
    const started = journal.operations.find(
      (operation) =>
        operation.terminal === terminal &&
        operation.amount_tenge === Number(tenge) &&
        new Date(operation.started_at) >= began &&
        new Date(operation.started_at) <= ended,
    )
    return started === undefined
      ? []
      : [`I6: попытка ${id} ${state}, а терминал начал операцию ${started.process_id}`]
  })
}

/** I13: what is still open is asked again or waits for a person; what is due goes out. */
async function nobodyIsForgotten({ sql }: Evidence) {
  const open = await sql(`
    SELECT o.attempt_id, o.state FROM open_attempts o
    WHERE NOT (o.state IN ('unknown', 'held') AND EXISTS (
      SELECT FROM tasks t WHERE t.attempt_id = o.attempt_id AND t.closed_at IS NULL))`)
  const astray = await sql(`
    SELECT a.id, a.state FROM attempts a
    LEFT JOIN open_attempts o ON o.attempt_id = a.id
    WHERE (a.ended_at IS NULL) <> (o.attempt_id IS NOT NULL)`)
  const statuses = await sql(`
    SELECT p.id FROM payments p
    WHERE (p.status = 'processing') <> EXISTS (
        SELECT FROM open_attempts o WHERE o.payment_id = p.id
          AND o.state IN ('reserved', 'calling', 'live', 'unknown', 'held'))
      AND p.status NOT IN ('cancelled', 'paid')`)
  return [
    ...open.map((row) => `I13: попытка ${row.attempt_id} (${row.state}) забыта`),
    ...astray.map((row) => `I13: попытка ${row.id} (${row.state}) и её место расходятся`),
    ...statuses.map((row) => `I13: платёж ${row.id} обещает то, чего никто не делает`),
  ]
}
