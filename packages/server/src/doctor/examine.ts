// Runs checks side by side. One that fails or hangs is a finding like any other, and keeps nobody waiting.

import { SECOND_MS } from '@byfly-pay/core'
import type { Clock } from '../ports/clock.ts'
import { failed } from '../terminals/check-line.ts'
import { type CheckName, type Finding, found } from './finding.ts'

export interface Check {
  readonly name: CheckName
  /** Longer than its own waits come to. */
  readonly limitMs: number
  run(): Promise<readonly Finding[]>
}

/** @returns findings in the order of the checks */
export async function examine(checks: readonly Check[], clock: Clock): Promise<Finding[]> {
  const findings = await Promise.all(checks.map((check) => within(check, clock)))
  return findings.flat()
}

async function within({ limitMs, name, run }: Check, clock: Clock): Promise<readonly Finding[]> {
  const over = new AbortController()
  const late = clock.sleep(limitMs, over.signal).then(() => [found(name, tooSlow(limitMs))])
  try {
    return await Promise.race([run(), late])
  } catch (error) {
    return [found(name, broken(error as Error))]
  } finally {
    over.abort()
  }
}

function tooSlow(limitMs: number) {
  return failed(
    `Нет ответа за ${Math.round(limitMs / SECOND_MS)} с`,
    'Повторите проверку, когда машина и база будут не так заняты',
  )
}

function broken({ message }: Error) {
  return failed(`Проверить не удалось: ${message}`, 'Устраните названную причину и повторите')
}
