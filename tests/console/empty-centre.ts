// A production centre over TLS in which nobody has ever been: no staff, no terminal, no source, no gateway for
// SMS. Its devices and gateways are the simulator's; a browser reaches it by its public name.

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../packages/server/src/config.ts'
import { issueSetupCode } from '../../packages/server/src/first-run/setup-code.ts'
import { createLog, type RunningCentre, startCentre } from '../../packages/server/src/main.ts'
import { chooseFreePort } from '../../packages/server/src/storage/embedded/free-port.ts'
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../packages/simulator/src/index.ts'
import { ACTING, QUICK_LIMITS, QUICK_TIMING } from '../support/centre.ts'
import { freshDatabase } from '../support/database.ts'
import { readRows } from '../support/read-rows.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { makeTestCertificate } from '../support/test-certificate.ts'

/** Nobody's name; the browser is told that it is this machine. */
export const PUBLIC_NAME = 'pay.example.kz'

export interface EmptyCentre {
  readonly running: RunningCentre
  readonly simulator: Simulator
  /** By which the browser comes. */
  readonly url: string
  readonly port: number
  newSetupCode(): Promise<string>
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the database holds
  sql(text: string, values?: unknown[]): Promise<any[]>
  stop(): Promise<void>
}

export interface EmptyCentreOptions {
  readonly terminals: SimulatorOptions['terminals']
  /** Without it the centre speaks plain HTTP. */
  readonly tls: boolean
}

export async function startEmptyCentre(options: EmptyCentreOptions): Promise<EmptyCentre> {
  const folder = newScratchFolder('empty')
  const [database, port] = await Promise.all([freshDatabase(), chooseFreePort()])
  const simulator = await startSimulator({ terminals: options.terminals, timing: QUICK_TIMING })
  const { cert, key } = makeTestCertificate(PUBLIC_NAME)
  const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(certPath, cert)
  writeFileSync(keyPath, key)
  const url = `${options.tls ? 'https' : 'http'}://${PUBLIC_NAME}:${port}`
  const config = readConfig({
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
    BYFLY_DATA_DIR: folder,
    BYFLY_LOG_LEVEL: 'silent',
    BYFLY_PUBLIC_URL: url,
    BYFLY_DEVICE_NETWORKS: '127.0.0.0/8',
    BYFLY_WEBHOOK_NETWORKS: '127.0.0.0/8',
    BYFLY_SMSC_URL: `${simulator.url}/sms/smsc`,
    BYFLY_MOBIZON_URL: `${simulator.url}/sms/mobizon`,
    PORT: String(port),
    ...(options.tls ? { BYFLY_TLS_CERT: certPath, BYFLY_TLS_KEY: keyPath } : {}),
  })
  const own = { ...database, stop: async () => {} }
  const running = await startCentre(config, own, createLog(config), { limits: QUICK_LIMITS })
  return {
    running,
    simulator,
    url,
    port,
    newSetupCode: async () => (await issueSetupCode(running.centre, ACTING.actor)) ?? '',
    sql: (text, values) => readRows(database.superuserUrl, text, values),
    async stop() {
      await running.stop()
      await simulator.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
