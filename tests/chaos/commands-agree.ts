// What the centre's own commands say of its books after it all: the figures are sums of the rows, the
// audit's chain is whole (I15).

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { World } from '../crash/world.ts'

const BYFLY = join(import.meta.dirname, '../../packages/server/src/cli/byfly.ts')
const COMMANDS = [
  ['figures', 'check'],
  ['audit', 'verify'],
] as const

/** @returns what a command found wrong, in its own words. */
export async function commandsAgree({ database }: Pick<World, 'database'>): Promise<string[]> {
  const wrong: string[] = []
  for (const words of COMMANDS) {
    const env = {
      ...process.env,
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      BYFLY_MODE: 'demo',
      BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
    }
    await promisify(execFile)(process.execPath, [BYFLY, ...words], { env }).catch(
      ({ stderr, stdout }: { stdout: string; stderr: string }) => {
        wrong.push(`byfly ${words.join(' ')}: ${stdout}${stderr}`)
      },
    )
  }
  return wrong
}
