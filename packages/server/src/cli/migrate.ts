// `byfly migrate`: brings the database to this release's schema and says what was done.

import { readConfig } from '../config.ts'
import { createLog, joinDatabase } from '../main.ts'
import { readMigrations } from '../storage/migrate.ts'
import { say } from './output.ts'

export async function migrateDatabase(): Promise<void> {
  const config = readConfig(process.env)
  const database = await joinDatabase(config, createLog(config))
  await database.stop()
  const newest = (await readMigrations()).at(-1)
  say(`Схема базы данных: ${newest?.name ?? 'пусто'}. Всё применено.`)
}
