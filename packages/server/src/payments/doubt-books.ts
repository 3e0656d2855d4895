// After a restore or a failover the books may be of an earlier moment (I18). What they still hold open is
// asked again by its watchers; what they believe was never called may have been; and of what began after
// their moment only the terminals know, so each gets a task. It decides nothing about money.

import { utcTime } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { AuditLine } from '../ports/audit-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { Doubt } from '../ports/restore-store.ts'
import { applyInput } from './apply-input.ts'
import { inputOf } from './operation.ts'

/**
 * A look at the database's identity and a sign of life. Before any watcher starts, and now and then: a
 * standby takes over under a running centre.
 */
export async function keepBooksAlive(centre: Centre): Promise<void> {
  const { log, storage } = centre
  const doubt = await storage.restores.keepAlive()
  if (doubt === null) return
  await loseReserved(centre)
  const terminals = await storage.transaction((tx) => storage.restores.adopt(tx, doubt))
  if (terminals === null) return
  const since = utcTime(doubt.sinceMs)
  log.error({ since }, 'База восстановлена или переключена: терминалы надо сверить с этого времени')
}

/**
 * The word of a person who put an earlier copy back (a folder, a snapshot), which the database cannot
 * know. Given before the centre starts over that copy.
 *
 * @param sinceMs the moment of the copy
 * @returns for how many terminals a task was opened
 */
export async function declareRestored(
  centre: Centre,
  actor: Actor,
  sinceMs: number,
): Promise<number> {
  const { storage } = centre
  const doubt: Doubt = { sinceMs, untilMs: await storage.restores.now() }
  await loseReserved(centre)
  return audited(centre, actor, async (tx) => {
    const terminals = await storage.restores.doubtTerminals(tx, doubt)
    return { result: terminals, line: restoredLine(doubt, terminals) }
  })
}

/**
 * For books that were just loaded from a backup and are marked as a copy. Whoever is killed before it leaves
 * the mark, and the centre's next start does the same.
 *
 * @param sinceMs the moment of the backup, for books too old to carry a mark
 * @returns for how many terminals a task was opened
 */
export async function adoptRestored(
  centre: Centre,
  actor: Actor,
  sinceMs: number,
): Promise<number> {
  const { storage } = centre
  const doubt = await storage.restores.keepAlive()
  if (doubt === null) return declareRestored(centre, actor, sinceMs)
  await loseReserved(centre)
  return audited(centre, actor, async (tx) => {
    const terminals = await storage.restores.adopt(tx, doubt)
    const line = terminals === null ? null : restoredLine(doubt, terminals)
    return { result: terminals ?? 0, line }
  })
}

function restoredLine({ sinceMs }: Doubt, terminals: number): AuditLine {
  const facts = { since: utcTime(sinceMs), terminals }
  return { action: 'books.restored', target: { kind: 'database', id: 'books' }, facts }
}

/**
 * `reserved` proves that nothing was called only while the books are of now. In older ones its call may
 * have followed: the terminal is kept as after any lost start, the payment goes on elsewhere (S6a).
 */
async function loseReserved(centre: Centre): Promise<void> {
  for (const reserved of await centre.storage.restores.reserved()) {
    await applyInput(centre, reserved.paymentId, inputOf(reserved, { kind: 'mark_calling' }))
    await applyInput(centre, reserved.paymentId, inputOf(reserved, { kind: 'start_lost' }))
  }
}
