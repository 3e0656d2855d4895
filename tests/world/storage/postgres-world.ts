// A world over PostgreSQL itself: the real storage on a database of its own, whose one function of time answers
// with the world's time. Not the same history twice, for a real server has its own order of things.

import pg from 'pg'
import { SOURCE_DEFAULTS } from '../../../packages/server/src/accounts/source-terms.ts'
import type { Notices, Storage } from '../../../packages/server/src/ports/storage.ts'
import { type OpenedStorage, openStorage } from '../../../packages/server/src/storage/open.ts'
import { type FreshDatabase, templateWith } from '../../support/database.ts'
import { quietLog } from '../../support/test-server.ts'
import { SimulatedTime } from '../time/simulated-time.ts'
import { Pending } from './pending.ts'
import { type Known, postgresBooks } from './postgres-books.ts'
import {
  type Connected,
  EVENTS_TOLD,
  type Setting,
  terminalAt,
  type WorldStorage,
} from './world-storage.ts'

const PLAIN_VAULT = {
  header: Buffer.alloc(0),
  seal: (text: string) => Buffer.from(text),
  open: (sealed: Buffer) => sealed.toString(),
}

/**
 * Time comes from a sequence, because what that holds is seen by everybody at once, in the middle of a transaction too,
 * and setting it leaves no dead rows behind. A history lasts hours: partitions beside this month's and the next would
 * only be planned over by each connection of each process.
 */
const SIMULATED = `
  CREATE SEQUENCE simulated_ms;
  GRANT SELECT ON simulated_ms TO PUBLIC;
  CREATE OR REPLACE FUNCTION centre_now() RETURNS timestamptz
    LANGUAGE sql VOLATILE PARALLEL SAFE
    AS $$ SELECT to_timestamp(last_value / 1000.0) FROM public.simulated_ms $$;
  CREATE OR REPLACE FUNCTION ensure_partitions(first date, months integer) RETURNS void
    LANGUAGE sql AS '';
  DO $$
    DECLARE part text;
    BEGIN
      FOR part IN
        SELECT c.relname FROM pg_class c
        WHERE c.relispartition AND c.relkind = 'r' AND c.relname ~ '_\\d{4}_\\d\\d$'
          AND right(c.relname, 7) NOT IN (
            to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM'),
            to_char(now() AT TIME ZONE 'UTC' + interval '1 month', 'YYYY_MM'))
      LOOP
        EXECUTE format('DROP TABLE %I', part);
      END LOOP;
    END
  $$`

let template: Promise<() => Promise<FreshDatabase>> | null = null

function simulatedDatabase(): Promise<FreshDatabase> {
  template ??= templateWith(SIMULATED)
  return template.then((fresh) => fresh())
}

export async function openPostgresWorld(setting: Setting): Promise<WorldStorage> {
  const database = await simulatedDatabase()
  const superuser = new pg.Pool({
    connectionString: database.superuserUrl,
    max: 1,
    options: '-c TimeZone=UTC -c search_path=public -c plan_cache_mode=force_generic_plan',
  })
  superuser.on('error', () => {})
  const { rows } = await superuser.query<{ now: Date }>('SELECT now() AS now')
  const begins = rows[0]?.now
  if (begins === undefined) throw new Error('База данных не назвала времени')
  const pending = new Pending()
  const time = new SimulatedTime(begins.getTime(), pending)
  let toldMs = 0
  const tellTime = async () => {
    if (toldMs === time.nowMs) return
    toldMs = time.nowMs
    await superuser.query('SELECT setval($1, $2)', ['simulated_ms', toldMs])
  }
  const opened: OpenedStorage[] = []
  const connect = async (owner: string): Promise<Connected> => {
    const url = new URL(database.url)
    url.searchParams.set('application_name', owner)
    const one = openStorage({
      url: url.href,
      log: quietLog,
      vault: PLAIN_VAULT,
      leaseMs: setting.leaseMs,
      poolSize: 2,
    })
    opened.push(one)
    return {
      storage: pending.counting(one.storage, tellTime),
      notices: simulatedNotices(one.notices, time),
    }
  }
  await tellTime()
  const first = await connect('seed')
  const sourceIds = await seed(first.storage, setting)
  const known: Known = new Map()
  return {
    time,
    isReal: true,
    sourceIds,
    connect,
    cut(owner) {
      pending.begin()
      superuser
        .query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
          [owner],
        )
        .catch(() => {})
        .finally(() => pending.end())
    },
    books: () => postgresBooks(superuser, first.storage, time.nowMs, known),
    end: () => end(database, superuser, opened),
  }
}

async function seed(storage: Storage, setting: Setting): Promise<number[]> {
  const sourceIds: number[] = []
  await storage.transaction(async (tx) => {
    for (const [index, source] of setting.sources.entries()) {
      const terms = {
        ...SOURCE_DEFAULTS,
        name: `Источник ${index + 1}`,
        type: 'website',
        ...source,
        webhookEvents: EVENTS_TOLD,
      } as const
      const tokenHash = Buffer.alloc(32, index + 1)
      const id = await storage.sources.add(tx, terms, tokenHash, Buffer.from('whsec_1'))
      sourceIds.push(id)
    }
    for (const [index, hasCamera] of setting.cameras.entries()) {
      await storage.terminals.add(tx, terminalAt(index + 1, hasCamera))
    }
  })
  return sourceIds
}

/** The waiting is the world's, the waking the server's own. */
function simulatedNotices({ listen }: Notices, time: SimulatedTime): Notices {
  return {
    listen,
    // Real time says nothing of simulated moments, so nothing may be remembered here.
    behindMs: () => Number.POSITIVE_INFINITY,
    wait: (topic, ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const done = () => {
          takeBack()
          deaf()
          signal?.removeEventListener('abort', done)
          resolve()
        }
        const takeBack = time.after(ms, done)
        const deaf = listen((told) => {
          if (told === topic || told === null) done()
        })
        signal?.addEventListener('abort', done)
      }),
  }
}

/** Processes that died have left connections which nobody gives back, so nothing here waits for those. */
async function end(
  database: FreshDatabase,
  superuser: pg.Pool,
  opened: readonly OpenedStorage[],
): Promise<void> {
  for (const one of opened) void one.close().catch(() => {})
  await superuser.end()
  await database.drop()
}
