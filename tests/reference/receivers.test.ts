// The webhook receivers of docs/examples: they take what the centre sends, refuse what anybody else
// sends, and answer before they work (W1, W5).

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { until } from '../support/until.ts'
import {
  INTERPRETERS,
  type Interpreter,
  programOf,
  type Running,
  start,
  startExample,
} from './interpreters.ts'

let centre: TestCentre
before(async () => {
  centre = await startTestCentre()
})
after(() => centre.stop())

/** PHP's own server does not choose a port by itself, so all are given one. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function startReceiver(
  program: string,
  interpreter: Interpreter,
  name: string,
): Promise<{ readonly url: string; readonly receiver: Running }> {
  const port = await freePort()
  const env = { PORT: String(port), BYFLY_WEBHOOK_SECRET: centre.source.webhookSecret }
  const file = join(import.meta.dirname, '../../docs/examples/php', `${name}.php`)
  const receiver =
    interpreter.folder === 'php'
      ? start(program, ['-S', `127.0.0.1:${port}`, file], env)
      : startExample(program, interpreter, name, [], env)
  const url = `http://127.0.0.1:${port}/`
  await until(async () => {
    const answer = await fetch(url, { method: 'POST', body: '{}' }).catch(() => null)
    return answer?.status === 401
  })
  return { url, receiver }
}

async function pay(webhookUrl: string, order: string): Promise<void> {
  const id = await centre.init(1_000_000, {
    webhook_url: webhookUrl,
    metadata: { order_id: order },
    description: 'Тур «Дубай» / 2 человека 🏖',
  })
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
}

for (const interpreter of INTERPRETERS.filter(({ folder }) => folder !== 'curl')) {
  for (const name of ['webhook', 'webhook-standard']) {
    test(`${interpreter.name}: ${name} takes the centre’s event and refuses a forged one`, async (t) => {
      const program = programOf(t, interpreter)
      if (program === null) return
      const { url, receiver } = await startReceiver(program, interpreter, name)
      t.after(() => receiver.stop())
      const order = `order-${randomUUID()}`
      await pay(url, order)
      await until(() => receiver.said().includes(`paid ${order}`))
      await until(async () => {
        const rows = await centre.sql('SELECT state FROM deliveries WHERE url = $1', [url])
        return rows[0].state === 'delivered'
      })
      const forged = await fetch(url, {
        method: 'POST',
        headers: {
          'X-Webhook-Signature': '0'.repeat(64),
          'webhook-id': 'x',
          'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
          'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
        },
        body: JSON.stringify({ status: 'paid', metadata: { order_id: 'forged' } }),
      })
      assert.equal(forged.status, 401)
      assert.doesNotMatch(receiver.said(), /forged/)
    })
  }
}

test('curl: the signature of a saved webhook is checked with openssl', async (t) => {
  const interpreter = INTERPRETERS.find(({ folder }) => folder === 'curl')
  assert.ok(interpreter)
  const program = programOf(t, interpreter)
  if (program === null) return
  const order = `order-${randomUUID()}`
  await pay(`${centre.simulator.url}/shop/webhook`, order)
  const received = () =>
    centre.simulator.shop.webhooks(null).find(({ text }) => text.includes(order))
  await until(() => received() !== undefined)
  const { text = '', signature = '' } = received() ?? {}
  const folder = newScratchFolder('byfly-webhook')
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'body.json')
  await writeFile(file, text)
  const check = async (given: string) => {
    const env = { BYFLY_WEBHOOK_SECRET: centre.source.webhookSecret }
    return startExample(program, interpreter, 'webhook', [file, given], env).ended()
  }
  assert.equal(await check(signature), 0)
  assert.equal(await check('0'.repeat(64)), 1)
})
