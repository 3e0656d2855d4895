// Adds what has happened lately to the kept figures. Nothing waits for it: a figure that is read counts
// what is not folded yet.

import type { Centre } from '../ports/centre.ts'

/** So many at a time, so that one transaction never holds the figures for long. */
const BATCH = 5_000
/** So many batches at once; the rest is the next turn's. */
const BATCHES = 20

/** @returns how many deltas were folded. */
export async function foldFigures({ storage }: Pick<Centre, 'storage'>): Promise<number> {
  let folded = 0
  for (let n = 0; n < BATCHES; n += 1) {
    const batch = await storage.transaction((tx) => storage.figures.fold(tx, BATCH))
    folded += batch
    if (batch < BATCH) break
  }
  return folded
}

/**
 * Figures are kept by days of one zone (T1). The configured one is taken while nothing is kept yet; later
 * only a rebuild moves them, because a folded day no longer knows its hours.
 */
export async function adoptFigureZone({
  log,
  storage,
  zone,
}: Pick<Centre, 'log' | 'storage' | 'zone'>): Promise<void> {
  // Looked at first: whoever folds holds the lock, for as long as a process may be stopped in it.
  if ((await storage.figures.zone()) === zone) return
  const kept = await storage.transaction((tx) => storage.figures.adoptZone(tx, zone))
  if (kept === zone) return
  log.warn(
    { kept, configured: zone },
    'Отчёты ведутся по дням другого часового пояса: byfly figures rebuild',
  )
}
