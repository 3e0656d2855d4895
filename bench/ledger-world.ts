// A centre's parts over an embedded database of its own with a year of payments, for one measurement.

import pg from 'pg'
import { readConfig } from '../packages/server/src/config.ts'
import { createLog, openCentre, openDatabase } from '../packages/server/src/main.ts'
import { foldFigures } from '../packages/server/src/payments/fold-figures.ts'
import type { Centre } from '../packages/server/src/ports/centre.ts'
import { newDataFolder } from '../tests/support/embedded-centre.ts'
import { fillLedger } from './ledger-data.ts'

export interface LedgerWorld {
  readonly centre: Centre
  /** As the owner of the schema. */
  readonly ownerUrl: string
  /** What a centre in a process of its own is started with. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

const SECRET_KEY = 'a secret key for measuring, never for anything real'

export async function openLedgerWorld(payments: number): Promise<LedgerWorld> {
  const folder = newDataFolder()
  const environment = {
    BYFLY_DATA_DIR: folder.path,
    BYFLY_SECRET_KEY: SECRET_KEY,
    BYFLY_LOG_LEVEL: 'error',
  }
  const config = readConfig(environment)
  const log = createLog(config)
  const database = await openDatabase(config, log)
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  await fillLedger(client, payments)
  await client.end()
  const opened = await openCentre(config, database, log, () => '')
  // As the timetable does, so that totals are read as in the field.
  while ((await foldFigures(opened.centre)) > 0) {}
  return {
    centre: opened.centre,
    ownerUrl: database.ownerUrl,
    env: { ...environment, DATABASE_URL: database.url, BYFLY_MODE: 'demo', PORT: '0' },
    async stop() {
      await opened.close()
      await database.stop()
      await folder.remove()
    },
  }
}
