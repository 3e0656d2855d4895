// The real senders against the pretend gateways: what each word of theirs comes to, and above all when a
// text may be sent again.

import assert from 'node:assert/strict'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type {
  TextFailure,
  TextOutcome,
  TextSender,
  TextSettings,
} from '../../packages/server/src/ports/text-sender.ts'
import { openTextSender } from '../../packages/server/src/sms/all-senders.ts'
import {
  MOBIZON_KEY,
  type Simulator,
  SMSC_ACCOUNT,
  type SmsFault,
  startSimulator,
} from '../../packages/simulator/src/index.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'

const TO = '+77001234567'
const LIMITS = { connectMs: 1_000, callMs: 1_000, answerBytes: 64 * 1024 }
let simulator: Simulator

before(async () => {
  simulator = await startSimulator({ terminals: 1 })
})
after(() => simulator.close())

function open(settings: TextSettings, printed: string[] = []): TextSender {
  const print = (line: string) => printed.push(line)
  return openTextSender(settings, { now: () => 0, print, limits: LIMITS })
}

function smsc(more: object = {}): TextSender {
  const baseUrl = `${simulator.url}/sms/smsc`
  return open({ sender: 'smsc', baseUrl, ...SMSC_ACCOUNT, from: 'ByFly', ...more })
}

function mobizon(more: object = {}): TextSender {
  const baseUrl = `${simulator.url}/sms/mobizon`
  return open({ sender: 'mobizon', baseUrl, key: MOBIZON_KEY, from: null, ...more })
}

function arm(gateway: 'smsc' | 'mobizon', fault: Partial<SmsFault> & Pick<SmsFault, 'fault'>) {
  simulator.sms.arm(gateway, { code: 1, times: 1, accepts: true, ...fault })
}

function failureOf(outcome: TextOutcome): TextFailure {
  assert.ok(outcome.kind !== 'accepted')
  return outcome
}

let texts = 0
/** Different each time: gateways refuse the same text twice. */
function text(): string {
  texts += 1
  return `Код ${texts}`
}

test('both hand over the number, the text and the name as the page writes them', async () => {
  for (const sender of [smsc(), mobizon({ from: 'ByFly' })]) {
    const said = text()
    const outcome = await sender.send(TO, said)
    assert.equal(outcome.kind, 'accepted')
    const last = simulator.sms.messages.at(-1)
    assert.deepEqual([last?.gateway, last?.text, last?.from], [sender.name, said, 'ByFly'])
    assert.equal(last?.to.replace('+', ''), '77001234567')
    assert.ok(outcome.kind === 'accepted' && outcome.providerId === String(last?.id))
  }
})

test('numbers may be texts', async () => {
  arm('smsc', { fault: 'numbers_as_text' })
  arm('mobizon', { fault: 'numbers_as_text' })
  assert.equal((await smsc().send(TO, text())).kind, 'accepted')
  assert.equal((await mobizon().send(TO, text())).kind, 'accepted')
})

test('SMSC: every code is a stable word, and none of them is sent again', async () => {
  const words = [
    'wrong_request',
    'wrong_credentials',
    'no_money',
    'address_blocked',
    'wrong_request',
    'text_forbidden',
    'wrong_phone',
    'not_deliverable',
  ]
  for (const [index, fault] of [...words, 'repeated', 'refused'].entries()) {
    arm('smsc', { fault: 'error', code: index + 1 })
    const outcome = await smsc().send(TO, text())
    assert.equal(outcome.kind, fault === 'repeated' ? 'unknown' : 'refused', fault)
    const { fault: told, word } = failureOf(outcome)
    assert.equal(told, fault)
    assert.doesNotMatch(word ?? '', /\d{5}/, 'чужой номер не остаётся в словах шлюза')
  }
})

test('Mobizon: any code but 0 and 100 is a refusal in its own words', async () => {
  arm('mobizon', { fault: 'error', code: 100 })
  assert.equal((await mobizon().send(TO, text())).kind, 'accepted')
  for (const code of [1, 8, 99]) {
    arm('mobizon', { fault: 'error', code })
    const outcome = await mobizon().send(TO, text())
    assert.ok(outcome.kind === 'refused' && outcome.fault === 'refused')
    assert.equal(outcome.word, `code ${code} Message was not sent`)
  }
  const badNumber = await mobizon().send('+1', text())
  assert.ok(badNumber.kind === 'refused')
})

test('after the connection was made nothing is proved: hang, half, garbage, 500', async () => {
  const faults = [
    ['hang', 'no_answer'],
    ['half', 'no_answer'],
    ['garbage', 'bad_answer'],
    ['http_500', 'http_status'],
  ] as const
  for (const [fault, word] of faults) {
    for (const [gateway, sender] of [
      ['smsc', smsc()],
      ['mobizon', mobizon()],
    ] as const) {
      const before = simulator.sms.callsOf(gateway)
      arm(gateway, { fault })
      const outcome = await sender.send(TO, text())
      assert.equal(outcome.kind, 'unknown', `${gateway} ${fault}`)
      assert.ok(outcome.kind === 'unknown' && outcome.fault === word, `${gateway} ${fault}`)
      assert.equal(simulator.sms.callsOf(gateway), before + 1, 'ни один отправитель не повторяет')
    }
  }
})

test('only a connection that was not made proves that nothing was taken', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  await new Promise((resolve) => server.close(resolve))
  const baseUrl = `http://127.0.0.1:${address.port}`
  for (const sender of [smsc({ baseUrl }), mobizon({ baseUrl })]) {
    const outcome = await sender.send(TO, text())
    assert.deepEqual(outcome, { kind: 'not_sent', fault: 'not_connected', word: 'ECONNREFUSED' })
    const balance = await sender.balance()
    assert.ok(balance.kind === 'failed' && balance.fault === 'not_connected')
  }
  // A TLS handshake that fails is no connection either: not a byte of the call was sent.
  const plain = simulator.url.replace('http:', 'https:')
  assert.equal((await smsc({ baseUrl: `${plain}/sms/smsc` }).send(TO, text())).kind, 'not_sent')
})

test('balances, and why there is none', async () => {
  assert.deepEqual(await smsc().balance(), { kind: 'known', amount: '1540.25', currency: null })
  assert.deepEqual(await mobizon().balance(), {
    kind: 'known',
    amount: '4043.0656',
    currency: 'KZT',
  })
  const wrong = await smsc({ password: 'x' }).balance()
  assert.ok(wrong.kind === 'failed' && wrong.fault === 'wrong_credentials')
  const locked = await mobizon({ key: 'x' }).balance()
  assert.ok(locked.kind === 'failed' && locked.word === 'code 8 Access denied')
  arm('smsc', { fault: 'garbage' })
  const garbage = await smsc().balance()
  assert.ok(garbage.kind === 'failed' && garbage.fault === 'bad_answer')
})

test('the file has a line for each text and is its owner’s alone; the console says it', async (t) => {
  const folder = newScratchFolder('sms')
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'data', 'sms.ndjson')
  const file = open({ sender: 'file', path })
  assert.equal((await file.send(TO, 'первый')).kind, 'accepted')
  assert.equal((await file.send(TO, 'второй')).kind, 'accepted')
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  assert.deepEqual(JSON.parse(lines[1] ?? ''), {
    to: TO,
    text: 'второй',
    at: '1970-01-01T00:00:00.000Z',
  })
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal((await open({ sender: 'file', path: folder }).send(TO, 'x')).kind, 'not_sent')
  const printed: string[] = []
  await open({ sender: 'console' }, printed).send(TO, 'код')
  assert.deepEqual(printed, [`SMS ${TO}: код`])
  assert.deepEqual(await file.balance(), { kind: 'free' })
  const none = await open({ sender: 'none' }).send(TO, 'x')
  assert.ok(none.kind === 'refused' && none.fault === 'not_configured')
})
