import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inNoOrder } from './read-rows.ts'

const rows = [{ id: 1 }, { id: 2 }, { id: 3 }]
const answer = { rows, command: 'SELECT', rowCount: 3, oid: 0, fields: [] }

test('rows keep their places only where the whole query names an order', () => {
  for (const ordered of [
    'SELECT id FROM payments ORDER BY id',
    `SELECT (SELECT max(a.id) FROM attempts a) FROM payments p\n order  by p.id`,
    'WITH page AS (SELECT id FROM payments) SELECT id FROM page ORDER BY id LIMIT 3',
  ]) {
    assert.deepEqual(inNoOrder(ordered, answer), rows, ordered)
  }
  for (const unordered of [
    'SELECT id FROM payments',
    'SELECT array_agg(id ORDER BY (at, id)) FROM attempts GROUP BY payment_id',
    'WITH page AS (SELECT id FROM payments ORDER BY (id)) SELECT id FROM page',
    'INSERT INTO tasks (kind) SELECT kind FROM (SELECT kind FROM kinds ORDER BY kind) k RETURNING id',
  ]) {
    assert.deepEqual(inNoOrder(unordered, answer), rows.toReversed(), unordered)
  }
  assert.deepEqual(inNoOrder('SELECT 1; SELECT 2', [answer, answer]), [])
})
