// Kaspi QR API over its wire: the provider's contract in each scheme and form, what every answer to a call that
// makes something proves, what a status may say, and the way back of money.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { BankForm, BankScheme } from '../../packages/server/src/ports/provider.ts'
import type { ArmedBankFault } from '../../packages/simulator/src/index.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { type BankUnderTest, bankUnderTest, CENTRE_FILES } from './bank-under-test.ts'
import { patience } from './driver-under-test.ts'
import {
  declines,
  knowsNoStranger,
  type OtherSide,
  paysOnce,
  type Subject,
  takesWholeTenge,
} from './provider-contract.ts'

const folder = newScratchFolder('bank-certificates')
after(() => rm(folder, { recursive: true }))

const MODES: readonly (readonly [BankScheme, BankForm])[] = [
  ['r1', 'qr'],
  ['r1', 'link'],
  ['r2', 'qr'],
  ['r3', 'link'],
]

function subjectOf({ bank, device, driver }: BankUnderTest): Subject {
  const byId = (processId: string) => bank.payments.find(({ id }) => String(id) === processId)
  const other: OtherSide = {
    shown: () => `https://qr.kaspi.kz/${bank.payments.at(-1)?.token}`,
    scan: (code, { loanTerm, outcome, product }) =>
      bank.scan(code, {
        ...(loanTerm === undefined ? {} : { loanTerm }),
        ...(outcome === undefined ? {} : { outcome }),
        ...(product === undefined ? {} : { product }),
      }),
    transactionOf: (processId) => byId(processId)?.transactionId,
    // It carries any number of them.
    isIdle: () => true,
  }
  return { driver, device, other }
}

for (const [scheme, form] of MODES) {
  describe(`the contract, ${scheme} by ${form}`, () => {
    let under: BankUnderTest
    before(async () => {
      under = await bankUnderTest(folder, scheme, form)
    })
    after(() => under.close())

    test('a payment', () => paysOnce(subjectOf(under)))
    test('a decline is proved', () => declines(subjectOf(under)))
    test('what was never started', () => knowsNoStranger(subjectOf(under)))
    test('only whole tenge', () => takesWholeTenge(subjectOf(under)))
  })
}

describe('what the wire proves', () => {
  let under: BankUnderTest
  before(async () => {
    under = await bankUnderTest(folder, 'r1')
  })
  after(() => under.close())

  async function paid() {
    const { bank, device, driver } = under
    const started = await driver.start(device, 50_000n, undefined, 'attempt-1')
    assert.ok(started.kind === 'accepted' && started.qr !== undefined)
    assert.ok(bank.scan(started.qr.url, { afterMs: 0 }))
    while (bank.paymentBy(started.qr.url)?.stage !== 'Processed') await new Promise(setImmediate)
    return started.processId
  }

  function seen(processId: string) {
    return under.driver.observe(under.device, processId, patience())
  }

  test('a start: only the codes that say so are a refusal', async () => {
    const { bank, device, driver } = under
    const rows: readonly (readonly [Omit<ArmedBankFault, 'on'>, object])[] = [
      [
        { fault: 'error', code: -1502 },
        { kind: 'refused', reason: 'payments_blocked' },
      ],
      [
        { fault: 'error', code: 990_000_028 },
        { kind: 'refused', reason: 'bad_request' },
      ],
      [
        { fault: 'error', code: 990_000_033 },
        { kind: 'refused', reason: 'method_not_supported' },
      ],
      [
        { fault: 'error', code: -1501 },
        { kind: 'refused', reason: 'not_registered', trouble: 'token_expired' },
      ],
      [
        { fault: 'error', code: -10_000 },
        { kind: 'refused', reason: 'access_denied', trouble: 'not_registered' },
      ],
      [{ fault: 'error', code: -999 }, { kind: 'lost' }],
      [{ fault: 'error', code: -424_242 }, { kind: 'lost' }],
      [{ fault: 'nonsense' }, { kind: 'lost' }],
      [{ fault: 'silent_before' }, { kind: 'lost' }],
      [{ fault: 'silent_after' }, { kind: 'lost' }],
    ]
    for (const [fault, expected] of rows) {
      bank.arm({ ...fault, on: 'create' })
      assert.deepEqual(await driver.start(device, 10_000n), expected, JSON.stringify(fault))
    }
    const closed = { ...device, port: 1 }
    assert.deepEqual(await driver.start(closed, 10_000n), {
      kind: 'refused',
      reason: 'not_connected',
    })
    const denied = { kind: 'refused', reason: 'access_denied', trouble: 'not_registered' }
    const account = device.account && { ...device.account, apiKey: 'another' }
    assert.deepEqual(await driver.start({ ...device, account }, 10_000n), denied)
  })

  test('a start is made once, whatever came of it, and names the attempt', async () => {
    const { bank, device, driver } = under
    bank.arm({ fault: 'silent_after', on: 'create' })
    const before = bank.payments.length
    await driver.start(device, 10_000n, undefined, 'the attempt')
    assert.equal(bank.payments.length, before + 1)
    assert.equal(bank.payments.at(-1)?.externalId, 'the attempt')
  })

  test('the pace and the life of a QR are the bank’s, within bounds, whatever its clock says', async () => {
    const { bank, device, driver } = under
    for (const fault of [null, 'wrong_clock'] as const) {
      if (fault !== null) bank.arm({ fault, on: 'create' })
      const started = await driver.start(device, 10_000n)
      assert.ok(started.kind === 'accepted' && started.qr !== undefined)
      assert.equal(started.pollMs, 5_000)
      const lifeMs = started.qr.expiresAtMs - Date.now()
      assert.ok(lifeMs > 25_000 && lifeMs <= 180_000, `${fault}: ${lifeMs}`)
    }
  })

  test('a status: unknown words wait, silence and strangers are no answer, sums are not guessed', async () => {
    const { bank, lines } = under
    const processId = await paid()
    const rows: readonly (readonly [Omit<ArmedBankFault, 'on'>, object])[] = [
      [{ fault: 'odd_status' }, { kind: 'waiting', phase: 'starting' }],
      [{ fault: 'odd_status' }, { kind: 'waiting', phase: 'starting' }],
      [{ fault: 'error', code: -999 }, { kind: 'no_answer' }],
      [{ fault: 'error', code: -1601 }, { kind: 'not_found' }],
      [{ fault: 'nonsense' }, { kind: 'no_answer' }],
      [{ fault: 'silent_before' }, { kind: 'no_answer' }],
      [{ fault: 'other_payment' }, { kind: 'no_answer' }],
    ]
    for (const [fault, expected] of rows) {
      bank.arm({ ...fault, on: 'status' })
      assert.deepEqual(await seen(processId), expected, JSON.stringify(fault))
    }
    const odd = lines.filter(({ fields }) => fields['word'] === 'Pondering')
    assert.equal(odd.length, 1)
    bank.arm({ fault: 'no_sum', on: 'status' })
    const unread = await seen(processId)
    assert.ok(unread.kind === 'succeeded' && unread.success.grossTiyn === null)
    bank.arm({ fault: 'wrong_sum', on: 'status', tenge: 499 })
    const less = await seen(processId)
    assert.ok(less.kind === 'succeeded' && less.success.grossTiyn === 49_900n)
    bank.arm({ fault: 'other_product', on: 'status', product: 'Platinum' })
    const strange = await seen(processId)
    assert.ok(strange.kind === 'succeeded')
    assert.deepEqual(strange.success.product, { methodCode: null, word: 'Platinum' })
  })

  test('r1 gives nothing back, and nobody is asked', async () => {
    const { bank, device, driver } = under
    const before = bank.calls.length
    assert.equal(driver.refundKind(device), 'none')
    const purchase = { moneyKind: 'qr', providerTransactionId: '1', refundTiyn: 100n } as const
    const refused = { kind: 'refused', reason: 'method_not_supported' }
    assert.deepEqual(await driver.refund(device, { ...purchase, processId: '1' }), refused)
    assert.equal(bank.calls.length, before)
  })

  test('a check tells the trade point, the key and the registration apart', async () => {
    const { bank, device, driver } = under
    const finding = async (change: Partial<typeof device>) =>
      (await driver.check({ ...device, ...change }, patience())).finding
    const account = (change: object) => device.account && { ...device.account, ...change }
    assert.equal(await finding({}), 'well')
    assert.equal(await finding({ account: account({ tradePointId: '7002' }) }), 'failing')
    assert.equal(await finding({ account: account({ apiKey: 'no' }) }), 'not_registered')
    assert.equal(await finding({ accessToken: null }), 'not_registered')
    assert.equal(await finding({ port: 1 }), 'unreachable')
    bank.arm({ fault: 'nonsense', on: 'other' })
    assert.equal(await finding({}), 'stranger')
  })
})

describe('with a certificate', () => {
  test('a file that is not there, or another’s, sends nothing; its end is told', async (context) => {
    const under = await bankUnderTest(folder, 'r3')
    context.after(() => under.close())
    const { bank, device, driver } = under
    const { account } = device
    assert.ok(account !== null)
    const check = await driver.check(device, patience())
    assert.equal(check.ownCertificateEndsAtMs, Date.UTC(2120, 0, 1))
    const before = bank.calls.length
    for (const certificate of [
      null,
      { ...CENTRE_FILES, file: 'nothing.pem' },
      { ...CENTRE_FILES, file: '../centre.pem' },
      { ...CENTRE_FILES, keyFile: 'centre.pem' },
      { file: 'centre.pfx', keyFile: null, passphrase: 'wrong' },
    ]) {
      const started = await driver.start({ ...device, account: { ...account, certificate } }, 100n)
      assert.deepEqual(started, { kind: 'refused', reason: 'access_denied' })
    }
    assert.equal(bank.calls.length, before)
  })

  test('r3: at once, never more than was taken, and the yes outlives a process', async (context) => {
    const under = await bankUnderTest(folder, 'r3')
    context.after(() => under.close())
    const { bank, device, driver } = under
    const processId = await paidAt(under)
    const purchase = { moneyKind: 'qr', providerTransactionId: 'x', processId } as const
    const back = await driver.refund(device, { ...purchase, refundTiyn: 20_000n })
    assert.ok(back.kind === 'accepted')
    const payment = bank.payments.find(({ id }) => String(id) === processId)
    assert.equal(payment?.returnedTenge, 200)
    const calls = bank.calls.length
    const done = await driver.observe(device, back.processId, patience())
    assert.ok(done.kind === 'succeeded' && done.success.refundTiyn === 20_000n)
    assert.equal(bank.calls.length, calls)
    const tooMuch = await driver.refund(device, { ...purchase, refundTiyn: 90_000n })
    assert.deepEqual(tooMuch, { kind: 'refused', reason: 'refund_not_allowed' })
    bank.arm({ fault: 'error', code: -99_000_006, on: 'return' })
    assert.deepEqual(await driver.refund(device, { ...purchase, refundTiyn: 100n }), {
      kind: 'lost',
    })
    bank.arm({ fault: 'silent_after', on: 'return' })
    assert.deepEqual(await driver.refund(device, { ...purchase, refundTiyn: 100n }), {
      kind: 'lost',
    })
    assert.equal(payment?.returnedTenge, 201)
  })

  test('r2: the customer scans another QR', async (context) => {
    const under = await bankUnderTest(folder, 'r2')
    context.after(() => under.close())
    const { bank, device, driver } = under
    const processId = await paidAt(under)
    const purchase = { moneyKind: 'qr', providerTransactionId: 'x', processId } as const
    const back = await driver.refund(device, { ...purchase, refundTiyn: 20_000n })
    assert.ok(back.kind === 'accepted' && back.qr !== undefined)
    const waiting = await driver.observe(device, back.processId, patience())
    assert.deepEqual(waiting, { kind: 'waiting', phase: 'waiting_for_scan' })
    assert.ok(bank.scan(back.qr.text, { afterMs: 0 }))
    let done = await driver.observe(device, back.processId, patience())
    while (done.kind === 'waiting') done = await driver.observe(device, back.processId, patience())
    assert.ok(done.kind === 'succeeded')
    assert.deepEqual([done.success.refundTiyn, done.success.grossTiyn], [20_000n, null])
  })
})

async function paidAt({ bank, device, driver }: BankUnderTest): Promise<string> {
  const started = await driver.start(device, 50_000n)
  assert.ok(started.kind === 'accepted' && started.qr !== undefined)
  assert.ok(bank.scan(started.qr.url, { afterMs: 0 }))
  while (bank.paymentBy(started.qr.url)?.stage !== 'Processed') await new Promise(setImmediate)
  return started.processId
}
