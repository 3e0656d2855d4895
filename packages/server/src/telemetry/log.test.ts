// The second wall: what should not be logged, should somebody try, or should a message of others quote it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLog } from './log.ts'

function lineOf(fields: Record<string, unknown>, request: string | null = null) {
  let line = '{}'
  const to = {
    write(text: string) {
      line = text
    },
  }
  openLog({ level: 'trace', request: () => request, to }).error(fields, 'Ошибка')
  return JSON.parse(line)
}

test('a message that quotes a value is told without it, and otherwise as it is', () => {
  for (const value of [
    '+7 (701) 731-04-99',
    '77017310499',
    'box@example.kz',
    'https://qr.kaspi.kz/973104990001',
    'ca9a'.repeat(16),
    '4000 7310 4990 0006',
  ]) {
    const { error } = lineOf({ error: `invalid input syntax for type integer: "${value}"` })
    assert.match(error, /^invalid input syntax for type integer: /)
    assert.ok(!error.includes(value.slice(1, -1)), error)
  }
  const plain = 'duplicate key value violates unique constraint "open_attempts_terminal"'
  assert.equal(lineOf({ error: plain }).error, plain)
  const refused = 'connect ECONNREFUSED 127.0.0.1:5432'
  assert.equal(lineOf({ error: refused }).error, refused)
})

test('fields of forbidden names are hidden, one step deep too', () => {
  const line = lineOf({ phone: '1', customer: { phone: '1' }, token: '1', secret: '1' })
  const hidden = '[скрыто]'
  assert.deepEqual(
    [line.phone, line.customer.phone, line.token, line.secret],
    [hidden, hidden, hidden, hidden],
  )
})

test('the number of the request stands in its lines, and in no others', () => {
  assert.equal(lineOf({}, 'abc').request, 'abc')
  assert.ok(!('request' in lineOf({})))
})
