// Every example of docs/examples, run as an integrator would run it: the real interpreter, the real
// centre, simulated terminals. What the reference shows is these files, so what it shows works.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'
import { INTERPRETERS, type Interpreter, programOf, startExample } from './interpreters.ts'
import { losingProxy } from './losing-proxy.ts'

let centre: TestCentre
before(async () => {
  centre = await startTestCentre()
})
after(() => centre.stop())

type Run = (name: string, args?: readonly string[], url?: string) => ReturnType<typeof startExample>

/** Starts examples of one language against the centre, or through another address. */
function runner(program: string, interpreter: Interpreter): Run {
  return (name, args = [], url = centre.url) =>
    startExample(program, interpreter, name, args, {
      BYFLY_URL: url,
      BYFLY_API_TOKEN: centre.source.apiToken,
    })
}

async function output(run: Run, name: string, args?: readonly string[], url?: string) {
  const running = run(name, args, url)
  const code = await running.ended()
  assert.equal(code, 0, running.said())
  return running.said()
}

function newOrder(): string {
  return `order-${randomUUID()}`
}

const ID = /\b[0-9A-F]{32}\b/
const QR = /https:\/\/qr\.kaspi\.kz\/\d+/

function find(pattern: RegExp, text: string): string {
  const found = pattern.exec(text)?.[0]
  assert.ok(found, text)
  return found
}

for (const interpreter of INTERPRETERS) {
  const { name, folder, ending } = interpreter

  test(`${name}: methods, create, start, show the QR, poll until paid`, async (t) => {
    const program = programOf(t, interpreter)
    if (program === null) return
    const run = runner(program, interpreter)
    assert.match(await output(run, 'methods'), /kaspi_installment_24/)
    const created = await output(run, 'create', [newOrder()])
    const id = find(ID, created)
    assert.ok(created.includes(`${centre.url}/pay/${id}`), created)
    const started = await output(run, 'start', [id])
    assert.match(started, /\/qr\.svg\?v=/)
    assert.match(started, /https:\/\/pay\.kaspi\.kz\/pay\/\d+/)
    const poll = run('poll', [id])
    centre.simulator.phone.scan({ qr: find(QR, started) })
    assert.equal(await poll.ended(), 0, poll.said())
    assert.match(poll.said(), /^paid$/m)
  })

  test(`${name}: the long poll says «paid»`, async (t) => {
    const program = programOf(t, interpreter)
    if (program === null) return
    const id = await centre.init(1_000_000)
    const started = await centre.kaspi(id)
    const wait = runner(program, interpreter)('wait', [id])
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
    assert.equal(await wait.ended(), 0, wait.said())
    assert.match(wait.said(), /^paid$/m)
  })

  test(`${name}: the stream of events tells each step and ends with the payment`, async (t) => {
    const program = programOf(t, interpreter)
    if (program === null) return
    const run = runner(program, interpreter)
    const id = await centre.init(1_000_000)
    const events = run('events', [id])
    await until(() => events.said().includes('pending'))
    const started = await centre.kaspi(id)
    await until(() => events.said().includes('processing'))
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
    assert.equal(await events.ended(), 0, events.said())
    assert.match(events.said(), /pending[\s\S]*processing[\s\S]*paid/)
    const again = run('events', [id])
    assert.equal(await again.ended(), 0, again.said())
    assert.match(again.said(), /paid/)
  })

  test(`${name}: cancel, twice; a paid payment says why not`, async (t) => {
    const program = programOf(t, interpreter)
    if (program === null) return
    const run = runner(program, interpreter)
    const id = await centre.init(1_000_000)
    assert.match(await output(run, 'cancel', [id]), /Платеж отменен/)
    assert.match(await output(run, 'cancel', [id]), /Платеж отменен/)
    const paid = await centre.init(1_000_000)
    const started = await centre.kaspi(paid)
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
    await centre.until(paid, 'paid')
    const refused = run('cancel', [paid])
    assert.notEqual(await refused.ended(), 0)
    assert.match(refused.said(), /already_paid/)
  })

  test(`${name}: pays the rest of a partially paid payment`, async (t) => {
    const program = programOf(t, interpreter)
    if (program === null) return
    const run = runner(program, interpreter)
    const id = await centre.init(1_000_000)
    const early = run('pay-rest', [id])
    assert.notEqual(await early.ended(), 0, 'доплачивать ещё нечего')
    const started = await centre.kaspi(id)
    centre.simulator.phone.scan({
      qr: started.body.data.qr_code,
      product: 'Loan',
      loan_term: 12,
    })
    await centre.until(id, 'partially_paid')
    const rest = await output(run, 'pay-rest', [id])
    assert.match(rest, /115200\b/)
    centre.simulator.phone.scan({ qr: find(QR, rest) })
    await centre.until(id, 'paid')
  })

  test(`${name}: a retry after a lost answer makes no second payment`, async (t) => {
    const program = programOf(t, interpreter)
    if (program === null) return
    const order = newOrder()
    const proxy = await losingProxy(centre.url)
    t.after(() => proxy.close())
    const run = runner(program, interpreter)
    const id = find(ID, await output(run, 'retry', [order], proxy.url))
    assert.equal(proxy.calls(), 2, 'первый ответ потерян, второй дошёл')
    const again = find(ID, await output(run, 'retry', [order]))
    assert.equal(again, id)
    const rows = await centre.sql('SELECT 1 FROM external_ids WHERE external_id = $1', [order])
    assert.equal(rows.length, 1)
  })

  test(`${name}: every documented scenario has its file`, () => {
    const wanted = ['methods', 'create', 'start', 'poll', 'wait', 'events', 'cancel', 'pay-rest']
    for (const scenario of [...wanted, 'retry', 'webhook']) {
      const file = join(import.meta.dirname, '../../docs/examples', folder, `${scenario}.${ending}`)
      assert.ok(existsSync(file), file)
    }
  })
}

test('start: with one terminal and four shops, each waits its turn and gets its QR', async (t) => {
  const small = await startTestCentre({
    terminals: [{ camera: 'json' }],
    limits: { queueWaitMs: 200 },
  })
  t.after(() => small.stop())
  const starts = []
  for (const interpreter of INTERPRETERS) {
    const program = programOf(t, interpreter)
    if (program === null) return
    const id = await small.init(1_000_000)
    const env = { BYFLY_URL: small.url, BYFLY_API_TOKEN: small.source.apiToken }
    starts.push({ id, start: startExample(program, interpreter, 'start', [id], env) })
  }
  const waiting = new Set(starts)
  while (waiting.size > 0) {
    await until(() => [...waiting].some(({ start }) => QR.test(start.said())))
    for (const entry of waiting) {
      if (!QR.test(entry.start.said())) continue
      small.simulator.phone.scan({ qr: find(QR, entry.start.said()) })
      assert.equal(await entry.start.ended(), 0)
      await small.until(entry.id, 'paid')
      waiting.delete(entry)
    }
  }
})
