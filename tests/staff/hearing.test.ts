// L4: whoever listens hears of exactly the things that they would find in a list. The lists are SQL and what is
// heard is core's, so each is held against the other, by what is planted everywhere.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKS, mayHear, parseTransactionId, ROLES, scopeOf } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { type Planted, plant } from './canaries.ts'

let centre: TestCentre
let planted: Planted

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  planted = await plant(centre)
  // Of a payment, of a terminal, and of none with every part of its place missing.
  await centre.sql(
    `INSERT INTO tasks (kind, payment_id, opened_at) SELECT 'overpaid', id, now() FROM payments`,
  )
  await centre.sql(
    `INSERT INTO tasks (kind, terminal_id, opened_at) SELECT 'not_registered', id, now() FROM terminals`,
  )
  await centre.sql(
    `INSERT INTO tasks (kind, country_iso, payment_system, opened_at)
     VALUES ('sale_outside', NULL, NULL, now()), ('sale_outside', 'KZ', NULL, now()),
       ('sale_outside', NULL, 'kaspi', now())`,
  )
})
after(() => centre.stop())

interface Ids {
  readonly payments: readonly string[]
  readonly terminals: readonly string[]
  readonly tasks: readonly string[]
  readonly alerts: readonly string[]
}

async function all(): Promise<Ids> {
  const of = async (table: string) =>
    (await centre.sql(`SELECT id::text FROM ${table} ORDER BY id`)).map(({ id }) => id)
  return {
    payments: await of('payments'),
    terminals: await of('terminals'),
    tasks: await of('tasks'),
    alerts: await of('alerts'),
  }
}

/** What the API shows of each; nothing where it refuses. */
async function listed({ call }: TestStaff): Promise<Ids> {
  const ask = async (path: string) => (await call('GET', `/api/admin/${path}`)).body.data
  const texts = (rows: readonly { readonly id: number }[] = []) => rows.map(({ id }) => `${id}`)
  const desks = DESKS.flatMap((desk) =>
    ['open', 'closed'].map((state) => ask(`desks/${desk}?limit=1000&state=${state}`)),
  )
  const entries = await Promise.all(desks)
  const payments = (await ask('transactions?limit=1000'))?.transactions ?? []
  return {
    payments: payments.map(({ transaction_id: id }: { transaction_id: string }) =>
      parseTransactionId(id),
    ),
    terminals: texts((await ask('terminals?limit=1000')) ?? []),
    tasks: entries.flatMap((desk) => texts(desk?.entries ?? [])),
    alerts: texts((await ask('alerts?limit=1000')).alerts),
  }
}

test('what is heard is what is listed, for every role with every list', async () => {
  const ids = await all()
  assert.ok(ids.tasks.length > 8 && ids.alerts.length > 3 && ids.payments.length > 3)
  const changes = await centre.running.centre.storage.changes.placesOf(ids)
  const sources = [centre.source.id, planted.foreign.sourceId]
  const lists = [
    { countries: null, systems: null, sources },
    { countries: ['KZ'], systems: null, sources },
    { countries: ['UZ'], systems: ['kaspi'], sources },
    { countries: null, systems: ['kaspi'], sources },
    { countries: ['KZ'], systems: ['halyk'], sources: [centre.source.id] },
    { countries: null, systems: null, sources: [planted.foreign.sourceId] },
    { countries: [], systems: [], sources: [] },
  ]
  for (const role of ROLES) {
    for (const own of lists) {
      const staff = await loginAs(centre, role, own)
      const scope = scopeOf(role, own)
      const heard = changes.filter((change) => mayHear(role, scope, change))
      const shown = await listed(staff)
      for (const [kind, list] of [
        ['payment', shown.payments],
        ['terminal', shown.terminals],
        ['task', shown.tasks],
        ['alert', shown.alerts],
      ] as const) {
        const told = heard.filter((change) => change.kind === kind).map(({ id }) => id)
        assert.deepEqual(
          [...new Set(told)].sort(),
          [...list].sort(),
          `${role}, ${JSON.stringify(own)}: ${kind}`,
        )
      }
    }
  }
})
