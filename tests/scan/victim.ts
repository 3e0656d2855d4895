// The centre that is scanned: in production mode, on loopback, in a process of its own, with something to find in
// it. Nobody else may reach it, and it is gone with the run.

import { randomBytes } from 'node:crypto'
import { startTestCentre } from '../support/centre.ts'
import { spawnCentre } from '../support/spawn-centre.ts'
import { loginAs } from '../support/staff.ts'

export interface Victim {
  readonly url: string
  readonly apiToken: string
  readonly staffToken: string
  readonly transactionId: string
  stop(): Promise<void>
}

export async function startVictim(): Promise<Victim> {
  const centre = await startTestCentre({ terminals: 1 })
  const env = {
    ...{ BYFLY_MODE: 'production', HOST: '127.0.0.1', BYFLY_SMS: 'none' },
    // A scanner on this very machine is to be a stranger, as one from outside is.
    BYFLY_METRICS_TOKEN: randomBytes(16).toString('hex'),
  }
  const scanned = await spawnCentre(centre, env)
  const { token } = await loginAs(centre, 'super_admin')
  const transactionId = await centre.init(100_000, {
    description: 'сканер',
    metadata: { order: '1' },
  })
  for (let n = 0; n < 20; n += 1) await centre.init(100_000 + n * 100, { description: `№ ${n}` })
  return {
    url: scanned.url,
    apiToken: centre.source.apiToken,
    staffToken: token,
    transactionId,
    async stop() {
      await scanned.kill('SIGTERM')
      await centre.stop()
    },
  }
}
