// The scope in SQL says what the scope in core says, of random staff over random rows (L4, N8, A6).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isInScope, type Scope } from '@byfly-pay/core'
import fc from 'fast-check'
import pg from 'pg'
import { query, rowsOf } from '../../packages/server/src/storage/query-builder.ts'
import {
  methodsIn,
  paymentsIn,
  sourcesIn,
  terminalsIn,
} from '../../packages/server/src/storage/scope.ts'
import { run, type Session } from '../../packages/server/src/storage/session.ts'
import { typeParsers } from '../../packages/server/src/storage/type-parsers.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

const COUNTRIES = ['KZ', 'UZ', 'RU']
const SYSTEMS = ['kaspi', 'halyk']
const METHODS = [null, 'kaspi_gold', 'halyk_qr'] as const
const SYSTEM_OF: Readonly<Record<string, string>> = { kaspi_gold: 'kaspi', halyk_qr: 'halyk' }

let database: FreshDatabase
let client: pg.Client
let session: Session

before(async () => {
  database = await freshDatabase()
  client = new pg.Client({ connectionString: database.ownerUrl, types: typeParsers })
  await client.connect()
  session = { rows: (statement, values) => run(client, statement, values) }
  await client.query(`
    INSERT INTO payment_systems VALUES ('halyk', 'Halyk', 'KZT', 100);
    INSERT INTO payment_methods (id, code, name, payment_system) VALUES (90, 'halyk_qr', 'QR', 'halyk');
    INSERT INTO sources (name, type, country_iso)
      SELECT 'S', 'other', (ARRAY['KZ', 'UZ', 'RU'])[1 + n % 3] FROM generate_series(0, 5) n;
    INSERT INTO terminals (name, payment_system, country_iso, ip_address, scheme, host, port)
      SELECT 'T', system, country, '10.0.0.1', 'http', '10.0.0.1', 8080
      FROM unnest(ARRAY['kaspi', 'halyk']) system, unnest(ARRAY['KZ', 'UZ', 'RU']) country;
    INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
        chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn, created_at, expires_at, updated_at)
      SELECT new_id(), s.id, country, 'KZT', 1000, 100, method,
        CASE WHEN method IS NOT NULL THEN 'markup' END, CASE WHEN method IS NOT NULL THEN 100 END,
        CASE WHEN method IS NOT NULL THEN 100 END, now(), now(), now()
      FROM sources s, unnest(ARRAY['KZ', 'UZ', 'RU']) country,
        unnest(ARRAY[NULL, 'kaspi_gold', 'halyk_qr']) method`)
})
after(async () => {
  await client.end()
  await database.drop()
})

function listOf<T>(values: readonly T[]) {
  return fc.option(fc.uniqueArray(fc.constantFrom(...values)), { nil: null })
}

const scopes: fc.Arbitrary<Scope> = fc.record({
  countries: listOf(COUNTRIES),
  systems: listOf(SYSTEMS),
  sources: listOf([1, 2, 3, 4, 5, 6]),
})

test('A6: payments, sources, terminals and methods', async () => {
  const payments = query.selectFrom('payments as p')
  const sources = query.selectFrom('sources as s')
  const terminals = query.selectFrom('terminals as t')
  const methods = query.selectFrom('payment_methods as m')
  const all = {
    payments: await rowsOf(
      session,
      payments.select(['p.id', 'p.country_iso', 'p.source_id', 'p.chosen_method']),
    ),
    sources: await rowsOf(session, sources.select(['s.id', 's.country_iso'])),
    terminals: await rowsOf(
      session,
      terminals.select(['t.id', 't.country_iso', 't.payment_system']),
    ),
    methods: await rowsOf(session, methods.select(['m.id', 'm.country_iso', 'm.payment_system'])),
  }
  assert.equal(all.payments.length, 6 * COUNTRIES.length * METHODS.length)
  await fc.assert(
    fc.asyncProperty(scopes, async (scope) => {
      const seen = await rowsOf(session, payments.select('p.id').where(paymentsIn(scope)))
      const expected = all.payments.filter((row) =>
        isInScope(scope, {
          countryIso: row.country_iso,
          system: row.chosen_method === null ? null : (SYSTEM_OF[row.chosen_method] ?? null),
          sourceId: row.source_id,
        }),
      )
      assert.deepEqual(ids(seen), ids(expected))
      const ofSources = await rowsOf(session, sources.select('s.id').where(sourcesIn(scope)))
      assert.deepEqual(
        ids(ofSources),
        ids(
          all.sources.filter((row) =>
            isInScope(scope, { countryIso: row.country_iso, system: null, sourceId: row.id }),
          ),
        ),
      )
      for (const [seenRows, rows] of [
        [await rowsOf(session, terminals.select('t.id').where(terminalsIn(scope))), all.terminals],
        [await rowsOf(session, methods.select('m.id').where(methodsIn(scope))), all.methods],
      ] as const) {
        const inside = rows.filter((row) =>
          isInScope(scope, {
            countryIso: row.country_iso,
            system: row.payment_system,
            sourceId: null,
          }),
        )
        assert.deepEqual(ids(seenRows), ids(inside))
      }
    }),
    { numRuns: 200 },
  )
})

function ids(rows: readonly { readonly id: string | number }[]): string[] {
  return rows.map(({ id }) => String(id)).sort()
}
