// What part of the wall is shown: it lives in the address, so that a monitor opens on what it is for.

import type { TerminalOnWall } from '@byfly-pay/contract'

export const WALL_PARTS = ['all', 'hand', 'busy', 'free', 'out'] as const
export type WallPart = (typeof WALL_PARTS)[number]

export interface WallSearch {
  readonly show?: WallPart
}

export function readWallSearch(search: Record<string, unknown>): WallSearch {
  const show = WALL_PARTS.find((part) => part === search['show'])
  return show === undefined || show === 'all' ? {} : { show }
}

/** What does not come right by itself. Quarantine ends, and a suspended one is tested again. */
export function needsHand({ camera, is_active: isActive, status }: TerminalOnWall): boolean {
  if (status === 'error' || status === 'offline') return true
  return isActive && status !== 'taken_out' && camera?.outcome === 'camera_failed'
}

export function belongsTo(part: WallPart, terminal: TerminalOnWall): boolean {
  switch (part) {
    case 'all':
      return true
    case 'hand':
      return needsHand(terminal)
    case 'busy':
    case 'free':
      return terminal.status === part
    case 'out':
      return !['busy', 'free', 'error', 'offline'].includes(terminal.status)
  }
}
