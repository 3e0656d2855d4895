import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usedProduct } from './used-product.ts'

test('the words of the protocol page and their methods', () => {
  const rows: [string, number | null, string | null][] = [
    ['Gold', 0, 'kaspi_gold'],
    ['Red', null, 'kaspi_red'],
    ['RED', null, 'kaspi_red'],
    ['Loan', 12, 'kaspi_installment_12'],
    ['Loan', 24, 'kaspi_installment_24'],
    ['Loan', 3, 'kaspi_credit'],
    ['Loan', null, 'kaspi_credit'],
    ['Credit', 0, 'kaspi_credit'],
    ['Credit', 12, 'kaspi_installment_12'],
    ['Installment', 24, 'kaspi_installment_24'],
    ['Кредит', null, 'kaspi_credit'],
    [' Рассрочка ', 12, 'kaspi_installment_12'],
    ['Platinum', 12, null],
    ['toString', null, null],
  ]
  for (const [word, term, methodCode] of rows) {
    const used = usedProduct(word, term, 'qr')
    assert.deepEqual(used, { methodCode, word: word.trim() })
  }
})

test('no product: card and alaqan have their own rows, a qr has none', () => {
  for (const word of [null, '', ' \u200b']) {
    assert.deepEqual(usedProduct(word, null, 'card'), { methodCode: 'card', word: '' })
    assert.deepEqual(usedProduct(word, null, 'alaqan'), { methodCode: 'alaqan', word: '' })
    assert.deepEqual(usedProduct(word, null, 'qr'), { methodCode: null, word: '' })
  }
})

test('M11: an unknown word is kept, cleaned and short', () => {
  const used = usedProduct(`\u202e<b>${'x'.repeat(100)}`, null, 'card')
  assert.equal(used.methodCode, null)
  assert.equal(used.word, `<b>${'x'.repeat(61)}`)
})
