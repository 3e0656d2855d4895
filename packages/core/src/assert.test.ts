import { strict as nodeAssert } from 'node:assert'
import { test } from 'node:test'
import { assert, unreachable } from './assert.ts'

test('what the rules take for granted stops the work when it does not hold, and says what', () => {
  assert(true, 'ничего')
  nodeAssert.throws(() => assert(false, 'сумма'), { message: 'Нарушено внутреннее правило: сумма' })
  const message = 'Нарушено внутреннее правило: неизвестный вариант {"kind":"x"}'
  nodeAssert.throws(() => unreachable({ kind: 'x' } as never), { message })
})
