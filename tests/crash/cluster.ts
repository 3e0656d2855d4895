// A PostgreSQL server of one's own, as durable as in production, to be killed and restarted. It comes
// back by itself, as the embedded one does under a living centre.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openEmbeddedDatabase } from '../../packages/server/src/storage/embedded/open-embedded-database.ts'
import {
  findPostmaster,
  stopPostmaster,
} from '../../packages/server/src/storage/embedded/postmaster.ts'
import { APP_ROLE } from '../../packages/server/src/storage/embedded/roles.ts'
import { migrate } from '../../packages/server/src/storage/migrate.ts'
import { homeOf } from '../support/embedded-centre.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { quietLog } from '../support/test-server.ts'
import type { WorldDatabase } from './world.ts'

export interface Cluster {
  readonly database: WorldDatabase
  /** Where the server keeps its data; for whoever copies it. */
  readonly home: string
  /** `kill -9` of the server: its sessions die with it. */
  killServer(): void
  /** A fast shutdown, as an administrator does one. */
  restartServer(): Promise<void>
  close(): Promise<void>
}

export async function startCluster(): Promise<Cluster> {
  const folder = newScratchFolder('byfly-cluster')
  const opened = await openEmbeddedDatabase({ dataDir: join(folder, 'data'), log: quietLog })
  await migrate({ ownerUrl: opened.ownerUrl, appRole: APP_ROLE, log: quietLog })
  const home = homeOf(join(folder, 'data'))
  return {
    database: opened,
    home,
    killServer() {
      const server = findPostmaster(home)
      if (server !== undefined) process.kill(server.pid, 'SIGKILL')
    },
    async restartServer() {
      await stopPostmaster(home)
    },
    async close() {
      await opened.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
