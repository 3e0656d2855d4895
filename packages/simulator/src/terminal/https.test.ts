// A terminal behind HTTPS: whose certificate it shows, and how it changes under a client's hands.
import assert from 'node:assert/strict'
import { Agent } from 'node:https'
import test from 'node:test'
import { generate } from 'selfsigned'
import { startSimulator } from '../simulator.ts'
import { quickWorld, until } from '../testing/quick-world.ts'
import { secureGet } from '../testing/secure-get.ts'

const HTTPS = { terminals: [{ https: {} }, {}] }

test('HTTPS where asked for, with a certificate of its own issued to *.kaspipos.kz', async (context) => {
  const { simulator } = await quickWorld(context, { terminals: [{ https: {} }, { https: {} }, {}] })
  const [first, second, plain] = simulator.terminals
  assert.ok(first && second && plain)
  assert.match(first.url, /^https:\/\/127\.0\.0\.1:\d+$/)
  const answer = await secureGet(`${first.url}/v2/payment?amount=100`)
  assert.equal(answer.body.statusCode, 0)
  assert.equal(answer.subject, '*.kaspipos.kz')
  assert.equal(answer.fingerprint, first.certificateFingerprint)
  assert.match(answer.fingerprint, /^[0-9a-f]{64}$/)
  assert.notEqual(second.certificateFingerprint, first.certificateFingerprint)
  await assert.rejects(fetch(`${first.url}/v2/deviceinfo`), 'no authority vouches for it')
  await assert.rejects(fetch(`${first.url.replace('https', 'http')}/v2/deviceinfo`))
  assert.match(plain.url, /^http:/)
  assert.equal(plain.certificateFingerprint, null)
})

test('a changed certificate is met at once, also by those who kept a connection', async (context) => {
  const { simulator } = await quickWorld(context, HTTPS)
  const terminal = simulator.terminal(1)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  context.after(() => agent.destroy())
  const url = `${terminal.url}/v2/deviceinfo`
  const met: string[] = []
  for (let round = 0; round < 4; round += 1) {
    const { fingerprint } = await secureGet(url, { agent })
    assert.equal(fingerprint, terminal.certificateFingerprint)
    assert.equal((await secureGet(url, { agent })).fingerprint, fingerprint)
    met.push(fingerprint)
    const [cut] = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])
    const closed = new Promise((resolve) => cut?.once('close', resolve))
    const before = terminal.certificateFingerprint
    const changing = terminal.changeCertificate()
    assert.notEqual(terminal.certificateFingerprint, before, 'before the promise is kept')
    await Promise.all([changing, closed])
  }
  assert.equal(new Set(met).size, 4)
})

test('changes that follow each other without waiting are made one by one', async (context) => {
  const { simulator } = await quickWorld(context, HTTPS)
  const terminal = simulator.terminal(1)
  await Promise.all([1, 2, 3].map(() => terminal.changeCertificate()))
  const { fingerprint } = await secureGet(`${terminal.url}/v2/deviceinfo`)
  assert.equal(fingerprint, terminal.certificateFingerprint)
})

test('a certificate that an authority has signed passes a strict client', async (context) => {
  const authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  })
  const signed = await generate([{ name: 'commonName', value: '*.kaspipos.kz' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { cert: authority.cert, key: authority.private },
  })
  const https = { cert: signed.cert, key: signed.private }
  const { simulator } = await quickWorld(context, { terminals: [{ https }] })
  const url = `${simulator.terminal(1).url}/v2/deviceinfo`
  const strict = { ca: authority.cert, servername: 'till1.kaspipos.kz' }
  assert.equal((await secureGet(url, strict)).status, 200)
  await assert.rejects(secureGet(url, { ...strict, servername: 'kaspipos.example.com' }))
  await simulator.terminal(1).changeCertificate()
  await assert.rejects(secureGet(url, strict), 'the new one is self-signed')
})

test('half a key pair is refused', async () => {
  const terminals = [{ https: { cert: 'x' } }]
  await assert.rejects(startSimulator({ terminals }), { name: 'TypeError' })
})

test('the same port, scheme and certificate after a reboot', async (context) => {
  const { simulator } = await quickWorld(context, HTTPS)
  const terminal = simulator.terminal(1)
  const { url, certificateFingerprint } = terminal
  terminal.reboot(20)
  await until(() => (terminal.screen().state === 'idle' ? true : null))
  const { fingerprint } = await secureGet(`${url}/v2/deviceinfo`)
  assert.equal(fingerprint, certificateFingerprint)
})

test('certificates can be changed over the control API, and not on plain HTTP', async (context) => {
  const world = await quickWorld(context, HTTPS)
  const before = world.simulator.terminal(1).certificateFingerprint
  const changed = await world.control('/terminals/1/certificate', {})
  assert.equal(changed.status, 200)
  assert.equal(changed.body.fingerprint, world.simulator.terminal(1).certificateFingerprint)
  assert.notEqual(changed.body.fingerprint, before)
  assert.equal((await world.control('/terminals/2/certificate', {})).status, 400)
  const fault = { fault: 'certificate_change' }
  assert.equal((await world.control('/terminals/2/faults', fault)).status, 400)
})
