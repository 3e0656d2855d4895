// The whole road on odd devices: a dozen terminals, each with a dialect of its own, take payments from
// the start call to the books at the same time.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { until } from '../support/until.ts'
import {
  type OddCentre,
  type OddTerminal,
  type OddTerminalOptions,
  startOddCentre,
} from './odd-device/odd-centre.ts'
import type { NamedProduct, Sale, Word } from './odd-device/story.ts'

/** 10 000 ₸, which cost 10 100 by Gold. */
const DUE_TIYN = 1_000_000
const GOLD_TIYN = 1_010_000
const GOLD_TENGE = 10_100

const GOLD: NamedProduct = { kind: 'gold' }
const LOAN_12: NamedProduct = { kind: 'loan', termMonths: 12 }
const CONFIRMING: Word = { kind: 'wait', subStatus: 'WaitForQrConfirmation' }

interface OddPayment extends OddTerminalOptions {
  readonly name: string
  /** How the customer at this terminal ends it; nothing named is Gold by QR, as asked for. */
  readonly sale?: Partial<Sale>
  readonly ending?: Word
  /** `status` with `status_detail`, where that says more. */
  readonly becomes: string
  /** All of it unless said otherwise. */
  readonly paidTiyn?: number
}

const DOZEN: readonly OddPayment[] = [
  {
    name: 'numbers for texts, no-break spaces, chunks of one byte',
    dialect: {
      processId: 'process_id_number',
      statusCode: 'status_code_text',
      transactionId: 'transaction_id_number',
      sum: 'no_break_spaces',
      framing: 'chunks_of_one_byte',
    },
    becomes: 'paid',
  },
  {
    name: 'every good answer is an HTTP 500 with a byte order mark, in no order',
    dialect: {
      httpStatus: 'http_500',
      dress: 'byte_order_mark',
      order: 'order_by_name',
      sum: 'narrow_spaces',
    },
    becomes: 'paid',
  },
  {
    name: 'HTTP/1.0 that ends by closing, letters escaped, header names in capitals',
    dialect: {
      framing: 'http_1_0',
      letters: 'letters_escaped',
      header: 'header_names_upper',
      contentType: 'content_type_absent',
      sum: 'thin_spaces',
    },
    camera: 'text',
    becomes: 'paid',
  },
  {
    name: 'a keep-alive that dies, a process id that is not repeated, a top-level 0',
    dialect: {
      framing: 'keep_alive_that_dies',
      processId: 'process_id_not_repeated',
      topAmount: 'top_amount_zero',
      contentType: 'content_type_html',
    },
    becomes: 'paid',
  },
  {
    name: 'junk of every depth, an order number only, packets cut inside a character',
    dialect: {
      extra: 'nested_junk',
      transactionId: 'transaction_id_only_in_cheque',
      framing: 'packets_cut_inside_a_character',
      message: 'message_beside_success',
    },
    becomes: 'paid',
  },
  {
    name: 'M6: a Russian word for the loan, its term a text',
    dialect: {
      loanWord: 'loan_as_russian_installment',
      loanTerm: 'loan_term_text',
      framing: 'dripping_chunks',
    },
    sale: { product: LOAN_12 },
    becomes: 'partially_paid',
  },
  {
    name: 'M6: a loan without its term, early hints, HTTP 202',
    dialect: { loanTerm: 'loan_term_absent', header: 'early_hints', httpStatus: 'http_202' },
    sale: { product: LOAN_12 },
    becomes: 'partially_paid',
  },
  {
    name: 'M11: a word that nobody knows',
    dialect: { extra: 'names_of_prototypes', dress: 'pretty_printed' },
    sale: { product: { kind: 'other', word: 'Золото' } },
    becomes: 'partially_paid',
  },
  {
    name: 'v1 without any envelope, a card at the reader',
    dialect: { order: 'order_reversed', framing: 'ends_by_closing_unsaid' },
    way: { version: 'v1' },
    sale: { method: 'card', product: null },
    becomes: 'paid',
  },
  {
    name: 'HTTPS with a pinned certificate, in chunks with extensions',
    dialect: { framing: 'chunks_with_extensions', sum: 'mixed_spaces' },
    way: { tls: 'pinned' },
    camera: 'text',
    becomes: 'paid',
  },
  {
    name: 'HTTPS, a token that runs out in the middle, the month of its date in letters',
    dialect: { httpStatus: 'http_201', dress: 'spaces_before' },
    way: { tls: 'pinned', isProtected: true },
    becomes: 'paid',
  },
  {
    name: 'v1, a token that runs out in the middle, a cheque of three fields',
    dialect: { cheque: 'cheque_of_three_fields', header: 'cookies' },
    way: { version: 'v1', isProtected: true },
    becomes: 'paid',
  },
  {
    name: 'S6b: a success without a sum',
    dialect: { sum: 'no_cheque' },
    becomes: 'processing settle_by_hand',
    paidTiyn: 0,
  },
  {
    name: 'rule 6: less than was asked for',
    dialect: { sum: 'glued_sign', topAmount: 'top_amount_zero_text' },
    sale: { tenge: GOLD_TENGE - 5_000 },
    becomes: 'partially_paid',
    paidTiyn: GOLD_TIYN - 500_000,
  },
  {
    name: 'S3: declined, and HTTP 400 says nothing about that',
    dialect: { httpStatus: 'http_400', message: 'message_as_error_text' },
    ending: { kind: 'failed', how: 'qr_declined' },
    becomes: 'failed',
    paidTiyn: 0,
  },
]

function endingOf({ ending, sale }: OddPayment, transactionId: string): Word {
  const whole: Sale = { method: 'qr', tenge: GOLD_TENGE, transactionId, product: GOLD }
  return ending ?? { kind: 'paid', sale: { ...whole, ...sale } }
}

function assertOneStart({ device }: OddTerminal): void {
  assert.equal(device.calls.filter((verb) => verb === 'payment').length, 1)
  assert.deepEqual(device.offences, [])
}

describe('a dozen odd terminals and more', () => {
  let odd: OddCentre
  before(async () => {
    odd = await startOddCentre(DOZEN)
  })
  after(() => odd.stop())

  /** Whichever terminal the pool chooses. */
  async function start() {
    const id = await odd.centre.init(DUE_TIYN)
    const started = await odd.centre.kaspi(id)
    assert.equal(started.status, 200, started.text)
    assert.equal(started.body.data.amount, GOLD_TIYN)
    const terminal = odd.terminal(started.body.data.terminal_id)
    assert.equal(terminal.askedTenge, GOLD_TENGE)
    return { id, terminal, payment: DOZEN[terminal.index] ?? assert.fail() }
  }

  test('each takes one payment, booked as the device meant it', async () => {
    const { centre } = odd
    const payments = await Promise.all(DOZEN.map(start))
    assert.equal(new Set(payments.map(({ terminal }) => terminal.id)).size, DOZEN.length)
    for (const { terminal, payment } of payments) {
      if (terminal.protection !== null) terminal.protection.isExpired = true
      const transactionId = `36993525${String(terminal.index).padStart(2, '0')}`
      terminal.tell(CONFIRMING, endingOf(payment, transactionId))
    }
    for (const { id, terminal, payment } of payments) {
      const [status = '', detail] = payment.becomes.split(' ')
      if (detail !== undefined) {
        await until(async () => (await centre.status(id)).status_detail === detail)
      }
      const data = await centre.until(id, status)
      assert.equal(data.paid_amount, payment.paidTiyn ?? GOLD_TIYN, payment.name)
      assert.equal(data.amount, data.paid_amount + data.remaining_amount, payment.name)
      assertOneStart(terminal)
    }
    const tasks = await centre.sql('SELECT kind FROM tasks ORDER BY kind')
    assert.deepEqual(
      tasks.map(({ kind }) => kind),
      ['settle_by_hand', 'sum_differs', 'unknown_product'],
    )
    const refreshes = payments.map(({ terminal }) => callsOf(terminal, 'revoke'))
    assert.equal(refreshes.filter((count) => count === 1).length, 2)
    assert.equal(refreshes.filter((count) => count === 0).length, DOZEN.length - 2)
  })
})

function callsOf({ device }: OddTerminal, verb: string): number {
  return device.calls.filter((called) => called === verb).length
}

test('S9a: a device that never says that its QR is on the screen: not ready, and its money counts', async () => {
  const odd = await startOddCentre([{ dialect: { subStatus: 'sub_status_absent' } }], {
    limits: { startCallMs: 3_000 },
  })
  try {
    const id = await odd.centre.init(DUE_TIYN)
    const started = await odd.centre.kaspi(id)
    assert.equal(started.status, 503)
    assert.equal(started.body.code, 'qr_not_ready')
    const [terminal] = odd.terminals
    assert.ok(terminal)
    terminal.tell(endingOf({ name: '', dialect: {}, becomes: 'paid' }, '3699352521'))
    assert.equal((await odd.centre.until(id, 'paid')).paid_amount, GOLD_TIYN)
    assertOneStart(terminal)
  } finally {
    await odd.stop()
  }
})
