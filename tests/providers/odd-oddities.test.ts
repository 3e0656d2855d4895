// Every oddity of the odd devices by itself, and the readings that matter most written out in plain
// values, so that a mistake in the devices' own idea of the truth cannot pass either.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { MoneyKind, Observation } from '@byfly-pay/core'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'
import { type Dialect, ODDITIES, type OddityKind, singleDialects } from './odd-device/dialect.ts'
import { openOddDevice } from './odd-device/odd-device.ts'
import type { Oddity } from './odd-device/oddity.ts'
import { ACCIDENTS, FAILURES, type Sale, type Story, type Word } from './odd-device/story.ts'
import { takePayment } from './odd-device/take-payment.ts'
import { trueObservations, trueStart } from './odd-device/truth.ts'

const { driver } = driverUnderTest({ limits: {} })
after(() => driver.close())

const TENGE = 1_010_100
const PROCESS_ID = '1685890325386'
const QR: Sale = {
  method: 'qr',
  tenge: TENGE,
  transactionId: '3699352521',
  product: { kind: 'loan', termMonths: 12 },
}
const CARD: Sale = { method: 'card', tenge: TENGE, transactionId: '000312345678', product: null }
const PALM: Sale = { ...QR, method: 'alaqan', product: null }

function storyOf(...words: Word[]): Story {
  return { processId: PROCESS_ID, start: { kind: 'accepted' }, words }
}

async function pay(dialect: Dialect, story: Story) {
  const device = await openOddDevice({ dialect, story: () => story })
  try {
    return await takePayment(driver, deviceAt(device.port), device, story, TENGE)
  } finally {
    await device.close()
  }
}

async function observe(dialect: Dialect, word: Word): Promise<Observation | undefined> {
  return (await pay(dialect, storyOf(word))).observations[0]
}

function oddity(kind: OddityKind, name: string): Oddity {
  const ofKind: Readonly<Record<string, Oddity>> = ODDITIES[kind]
  return ofKind[name] ?? assert.fail(`${kind} ${name}`)
}

const STORIES: readonly Story[] = [
  storyOf(
    { kind: 'wait', subStatus: 'Initialize' },
    { kind: 'wait', subStatus: 'WaitUser' },
    { kind: 'error', code: 105 },
    { kind: 'wait', subStatus: 'WaitForQrConfirmation' },
    { kind: 'paid', sale: QR },
  ),
  storyOf({ kind: 'wait', subStatus: 'WaitForPinCode' }, { kind: 'paid', sale: CARD }),
  storyOf({ kind: 'unknown' }, { kind: 'paid', sale: PALM }),
  ...FAILURES.map((how) => storyOf({ kind: 'failed', how })),
  storyOf({ kind: 'error', code: 101 }),
  { ...storyOf(), start: { kind: 'error', code: 107 } },
  { ...storyOf(), start: { kind: 'error', code: 105 } },
]

describe('each oddity by itself', () => {
  for (const { kind, name, dialect } of singleDialects()) {
    test(`${name}: ${oddity(kind, name).legal}`, async () => {
      for (const story of STORIES) {
        const { started, observations } = await pay(dialect, story)
        assert.deepEqual(started, trueStart(story))
        for (const [index, word] of story.words.entries()) {
          const allowed = trueObservations(word, dialect)
          const isTrue = allowed.some((truth) => isDeepStrictEqual(truth, observations[index]))
          if (!isTrue) assert.deepEqual(observations[index], allowed[0])
        }
      }
    })
  }
})

function success(
  grossTiyn: bigint | null,
  methodCode: string | null,
  word: string,
  more: { moneyKind?: MoneyKind; id?: string | null; refundTiyn?: bigint } = {},
): Observation {
  const { moneyKind = 'qr', id = QR.transactionId, ...refund } = more
  const product = { methodCode, word }
  return {
    kind: 'succeeded',
    success: { grossTiyn, moneyKind, providerTransactionId: id, product, ...refund },
  }
}

const GIVEN_BACK = { refundTiyn: 101_010_000n }
const LOAN_12 = 'kaspi_installment_12'
const READINGS: readonly [string, Dialect, Sale, Observation][] = [
  ['nothing odd', {}, QR, success(101_010_000n, LOAN_12, 'Loan')],
  ['no-break spaces', { sum: 'no_break_spaces' }, QR, success(101_010_000n, LOAN_12, 'Loan')],
  ['narrow spaces', { sum: 'narrow_spaces' }, QR, success(101_010_000n, LOAN_12, 'Loan')],
  ['no cheque', { sum: 'no_cheque' }, QR, success(null, LOAN_12, 'Loan')],
  ['a zero', { sum: 'zero_sum' }, QR, success(null, LOAN_12, 'Loan')],
  ['a minus', { sum: 'negative_sum' }, QR, success(null, LOAN_12, 'Loan')],
  ['a refund', { sum: 'refund_cheque' }, QR, success(null, LOAN_12, 'Loan', GIVEN_BACK)],
  ['two sums', { sum: 'two_sums' }, QR, success(null, LOAN_12, 'Loan')],
  ['a top-level 0', { topAmount: 'top_amount_zero' }, QR, success(101_010_000n, LOAN_12, 'Loan')],
  [
    'a Russian word',
    { loanWord: 'loan_as_russian_installment', loanTerm: 'loan_term_text' },
    QR,
    success(101_010_000n, LOAN_12, 'Рассрочка'),
  ],
  [
    'a loan without its term',
    { loanTerm: 'loan_term_absent' },
    QR,
    success(101_010_000n, 'kaspi_credit', 'Loan'),
  ],
  ['no product', { product: 'no_product_block' }, QR, success(101_010_000n, null, '')],
  [
    'a card',
    {},
    CARD,
    success(101_010_000n, 'card', '', { moneyKind: 'card', id: '000312345678' }),
  ],
  [
    'a card that has only its rrn',
    { transactionId: 'transaction_id_only_in_cheque' },
    CARD,
    success(101_010_000n, 'card', '', { moneyKind: 'card', id: '000312345678' }),
  ],
  [
    'a card that is told only by its rrn and its mask',
    {
      transactionId: 'rrn_beside_the_cheque',
      cheque: 'cheque_without_method',
      subStatus: 'sub_status_absent',
    },
    CARD,
    success(101_010_000n, 'card', '', { moneyKind: 'card', id: '000312345678' }),
  ],
  ['a palm', {}, PALM, success(101_010_000n, 'alaqan', '', { moneyKind: 'alaqan' })],
  [
    'a number longer than a float',
    { transactionId: 'transaction_id_number' },
    { ...QR, transactionId: '9007199254740993123' },
    success(101_010_000n, LOAN_12, 'Loan', { id: '9007199254740993123' }),
  ],
  [
    'less than was asked for (rule 6)',
    {},
    { ...QR, tenge: 505 },
    success(50_500n, LOAN_12, 'Loan'),
  ],
  [
    'M11: a word that nobody knows',
    {},
    { ...QR, product: { kind: 'other', word: 'Золото' } },
    success(101_010_000n, null, 'Золото'),
  ],
]

test('what is odd about a device does not hide who it is', async () => {
  for (const { name, dialect } of singleDialects()) {
    const device = await openOddDevice({ dialect, story: () => storyOf() })
    const check = await driver.check(deviceAt(device.port), patience())
    await device.close()
    const identity = { serial: 'N5100012345', posNumber: '7', deviceNumber: '31104288' }
    assert.deepEqual([check.identity, check.apiVersion], [identity, 'v2'], name)
  }
})

describe('in plain values', () => {
  for (const [name, dialect, sale, expected] of READINGS) {
    test(`a success with ${name}`, async () => {
      assert.deepEqual(await observe(dialect, { kind: 'paid', sale }), expected)
    })
  }

  test('a success whose letters became question marks keeps no sum but the right one', async () => {
    const dialect: Dialect = { letters: 'letters_as_question_marks', sum: 'no_break_spaces' }
    const observed = await observe(dialect, { kind: 'paid', sale: QR })
    assert.equal(observed?.kind, 'succeeded')
    assert.ok([null, 101_010_000n].includes(observed.success.grossTiyn))
  })

  test('S6a: whatever breaks the answer to a start, the start is lost and never refused', async () => {
    for (const accident of ACCIDENTS) {
      const story: Story = { ...storyOf(), start: { kind: 'accident', accident } }
      assert.deepEqual((await pay({}, story)).started, { kind: 'lost' }, accident)
    }
  })

  test('whatever breaks an answer in the middle, the payment goes on to its end', async () => {
    const broken = ACCIDENTS.map((accident): Word => ({ kind: 'accident', accident }))
    const { observations } = await pay({}, storyOf(...broken, { kind: 'paid', sale: QR }))
    const none = broken.map((): Observation => ({ kind: 'no_answer' }))
    assert.deepEqual(observations, [...none, success(101_010_000n, LOAN_12, 'Loan')])
  })

  test('S9: only the codes of the page refuse a start', async () => {
    const codes = [100, 101, 102, 103, 104, 105, 106, 107, 108, 999, 1, -1, 2_147_483_648]
    const kinds = await Promise.all(
      codes.map(async (code) => {
        const { started } = await pay({}, { ...storyOf(), start: { kind: 'error', code } })
        return started.kind === 'refused' ? code : null
      }),
    )
    assert.deepEqual(
      kinds.filter((code) => code !== null),
      [100, 102, 106, 107, 108, 999],
    )
  })
})
