// What the camera of one terminal sees now, kept for staff: the last frame of each, and the QRs that were
// missed. It is looked through beside the work, never for it.

import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { Sight } from '../ports/provider.ts'
import { reachTerminal } from './reach-terminal.ts'

/** Somebody waits for it. */
const SEE_MS = 4_000
/** Nobody does: as long as a camera may take for a payment's look. */
const SEE_BESIDE_MS = 10_000

export type SeenScreen =
  | { readonly kind: 'seen'; readonly sight: Sight; readonly tookMs: number }
  | { readonly kind: 'no_camera' }
  /** Another's payment is on the screen. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'not_found' }

export async function seeScreen(
  centre: Centre,
  { scope }: Pick<Acting, 'scope'>,
  terminalId: number,
): Promise<SeenScreen> {
  const { clock, storage } = centre
  const view = await storage.terminals.view(scope, terminalId)
  if (view === null) return { kind: 'not_found' }
  if (view.cameraUrl === null) return { kind: 'no_camera' }
  const startedAt = clock.now()
  const seen = await look(centre, terminalId, SEE_MS)
  if (seen === null) return { kind: 'no_camera' }
  // Impatience proves nothing of a camera, and who looks sees it anyway.
  if (seen.sight.reading.kind !== 'camera_failed') await keep(centre, terminalId, seen)
  if (!(await storage.frames.maySee(scope, seen.payments))) return { kind: 'hidden' }
  return { kind: 'seen', sight: seen.sight, tookMs: Math.max(clock.now() - startedAt, 0) }
}

interface Looked {
  readonly sight: Sight
  /** Whose screen it may have been: a payment can begin or end while the camera looks. */
  readonly payments: readonly string[]
}

/** A camera has failed when it failed twice. Null without one. */
export async function lookAndKeep(centre: Centre, terminalId: number): Promise<Looked | null> {
  const first = await look(centre, terminalId, SEE_BESIDE_MS)
  const isFailed = first?.sight.reading.kind === 'camera_failed'
  const seen = isFailed ? await look(centre, terminalId, SEE_BESIDE_MS) : first
  if (seen !== null) await keep(centre, terminalId, seen)
  return seen
}

async function look(centre: Centre, terminalId: number, limitMs: number): Promise<Looked | null> {
  const { clock, storage } = centre
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null || reached.device.cameraUrl === null) return null
  const before = await storage.frames.onScreen(terminalId)
  const sight = await reached.provider.see(reached.device, clock.timeout(limitMs), limitMs)
  const after = await storage.frames.onScreen(terminalId)
  return { sight, payments: [before, after].filter((payment) => payment !== null) }
}

function keep({ storage }: Centre, terminalId: number, { payments, sight }: Looked): Promise<void> {
  return storage.frames.keep(terminalId, payments[0] ?? null, sight)
}
