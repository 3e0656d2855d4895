// What the centre's own commands say of its books after it all: the figures are sums of the rows, the
// audit's chain is whole (I15).

import type { World } from '../crash/world.ts'
import { byfly } from '../support/byfly.ts'

const COMMANDS = [
  ['figures', 'check'],
  ['audit', 'verify'],
] as const

/** @returns what a command found wrong, in its own words. */
export async function commandsAgree({ database }: Pick<World, 'database'>): Promise<string[]> {
  const wrong: string[] = []
  for (const words of COMMANDS) {
    const { code, out } = await byfly(database, words)
    if (code !== 0) wrong.push(`byfly ${words.join(' ')}: ${out}`)
  }
  return wrong
}
