// What the camera of one terminal sees now, kept for staff: the last frame of each, and the QRs that were
// missed. It is looked through beside the work, never for it.

import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { Sight } from '../ports/provider.ts'
import { reachTerminal } from './reach-terminal.ts'

const SEE_MS = 4_000

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
  const seen = await lookAndKeep(centre, terminalId)
  if (seen === null) return { kind: 'no_camera' }
  if (!(await storage.frames.maySee(scope, seen.payments))) return { kind: 'hidden' }
  return { kind: 'seen', sight: seen.sight, tookMs: Math.max(clock.now() - startedAt, 0) }
}

interface Looked {
  readonly sight: Sight
  /** Whose screen it may have been: a payment can begin or end while the camera looks. */
  readonly payments: readonly string[]
}

/** Null without a camera. */
export async function lookAndKeep(centre: Centre, terminalId: number): Promise<Looked | null> {
  const { clock, storage } = centre
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null || reached.device.cameraUrl === null) return null
  const before = await storage.frames.onScreen(terminalId)
  const sight = await reached.provider.see(reached.device, clock.timeout(SEE_MS), SEE_MS)
  const after = await storage.frames.onScreen(terminalId)
  await storage.frames.keep(terminalId, before ?? after, sight)
  return { sight, payments: [before, after].filter((payment) => payment !== null) }
}
