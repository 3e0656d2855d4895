// The centre's own key where none is configured: made once, kept beside the data for this user only.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from './ports/clock.ts'

export async function keptSecretKey(dataDir: string, random: Random): Promise<string> {
  const path = join(dataDir, 'secret.key')
  try {
    await writeFile(path, random.bytes(32).toString('base64'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFile(path, 'utf8')
}
