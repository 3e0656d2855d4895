// One thing that the doctor looked at: how it is, and what to do about it.

import type { Line } from '../terminals/check-line.ts'

export const CHECKS = [
  'configuration',
  'database',
  'migrations',
  'secrets',
  'disk',
  'clock',
  'tls',
  'names',
  'terminal',
  'sms',
  'webhooks',
  'backlog',
] as const
export type CheckName = (typeof CHECKS)[number]

export interface Finding extends Line {
  readonly check: CheckName
  /** Which of several: a terminal, a name, a receiver. */
  readonly about: string | null
}

export function found(
  check: CheckName,
  { cure, message, state }: Line,
  about: string | null = null,
): Finding {
  return { check, about, state, message, cure }
}
