// Where a connection of a webhook may go and whom it trusts (W6, A7, A9), with real sockets and a
// resolver that lies.

import assert from 'node:assert/strict'
import { after, afterEach, describe, it } from 'node:test'
import { createDestinations } from '../../packages/server/src/webhooks/destinations.ts'
import { createHttpClient, NotConnected } from '../../packages/server/src/webhooks/http-client.ts'
import { makeTestCertificate } from '../support/test-certificate.ts'
import { callTo, failed, keeper, openSender, startReceiver } from './receivers.ts'

const never = new AbortController().signal
const sender = openSender()
const { kept, stopAll } = keeper()

afterEach(stopAll)
after(() => sender.close())

describe('where a connection may go', () => {
  it('is asked before each call', async () => {
    assert.equal(sender.refusalOf('https://10.0.0.1/'), 'address')
    const inward = await sender.send(callTo('https://10.0.0.1/'), never)
    assert.deepEqual(inward, failed('forbidden_address'))
    const odd = await sender.send(callTo('ftp://example.com/'), never)
    assert.deepEqual(odd, failed('forbidden_url'))
  })

  it('is asked again by the connector, whoever forgot to ask before', async () => {
    const receiver = kept(await startReceiver((response) => response.end()))
    const client = createHttpClient({ destinations: createDestinations([]), timeoutMs: 1_000 })
    for (const host of ['127.0.0.1', 'localhost']) {
      const request = client.request({
        method: 'POST',
        origin: `http://${host}:${receiver.port}`,
        path: '/',
      })
      await assert.rejects(request, NotConnected)
    }
    assert.equal(receiver.received.length, 0)
    await client.destroy()
  })

  it('is where the checked address is, although the resolver flips', async (t) => {
    if (process.platform !== 'linux') return t.skip('only Linux has all of 127.0.0.0/8')
    const inner = kept(await startReceiver((response) => response.end('secret')))
    const outside = { host: '127.0.0.2', port: inner.port }
    // Not kept open: a kept connection would hide the resolver from the next call.
    const once = { connection: 'close' }
    kept(await startReceiver((response) => response.writeHead(200, once).end(), outside))
    // 127.0.0.2 plays the public address: the only one that may be called.
    const answers = [['127.0.0.2'], ['127.0.0.1'], ['127.0.0.2', '127.0.0.1'], ['::ffff:127.0.0.2']]
    let asked = 0
    const lookup = () => Promise.resolve(answers[asked++ % answers.length] ?? [])
    const flipping = openSender({ networks: ['127.0.0.2/32'], lookup })
    const url = `http://pay.example.com:${inner.port}/`
    const outcomes = []
    for (let i = 0; i < answers.length; i += 1) {
      outcomes.push(await flipping.send(callTo(url), never))
    }
    assert.equal(asked, answers.length)
    assert.deepEqual(outcomes[0], { kind: 'delivered', httpStatus: 200 })
    for (const each of outcomes.slice(1)) assert.deepEqual(each, failed('forbidden_address'))
    assert.equal(inner.received.length, 0)
    await flipping.close()
  })

  it('is never outside over http', async () => {
    const lookup = () => Promise.resolve(['93.184.215.14'])
    const careful = openSender({ lookup })
    const outcome = await careful.send(callTo('http://pay.example.com/'), never)
    assert.deepEqual(outcome, failed('forbidden_address'))
    await careful.close()
  })

  it('is localhost only without a resolver and where loopback is listed', async () => {
    const receiver = kept(await startReceiver((response) => response.end()))
    const unasked = openSender({ lookup: () => assert.fail('localhost was resolved') })
    const call = callTo(`http://shop.localhost:${receiver.port}/`)
    assert.equal((await unasked.send(call, never)).kind, 'delivered')
    assert.equal(receiver.received[0]?.headers.host, `shop.localhost:${receiver.port}`)
    await unasked.close()
  })
})

describe('https', () => {
  const lookup = () => Promise.resolve(['127.0.0.1'])
  const tls = makeTestCertificate('pay.example.com')
  const start = () => startReceiver((response) => response.end(), { tls }).then(kept)

  it('verifies the certificate by the name, not by the address it goes to', async () => {
    const receiver = await start()
    const trusting = openSender({ lookup, extraCa: [tls.cert] })
    const call = (name: string) => callTo(`https://${name}:${receiver.port}/`)
    const outcome = await trusting.send(call('pay.example.com'), never)
    assert.deepEqual(outcome, { kind: 'delivered', httpStatus: 200 })
    assert.equal(receiver.received[0]?.headers.host, `pay.example.com:${receiver.port}`)
    assert.deepEqual(await trusting.send(call('other.example.com'), never), failed('tls'))
    assert.deepEqual(await trusting.send(call('127.0.0.1'), never), failed('tls'))
    assert.equal(receiver.received.length, 1)
    await trusting.close()
  })

  it('does not trust what nobody signed, and no plain answer', async () => {
    const receiver = await start()
    const strict = openSender({ lookup })
    const url = `https://pay.example.com:${receiver.port}/`
    assert.deepEqual(await strict.send(callTo(url), never), failed('tls'))
    assert.equal(receiver.received.length, 0)
    const plain = kept(await startReceiver((response) => response.end()))
    const odd = callTo(`https://pay.example.com:${plain.port}/`)
    assert.deepEqual(await strict.send(odd, never), failed('tls'))
    await strict.close()
  })
})
