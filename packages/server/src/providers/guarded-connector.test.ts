import assert from 'node:assert/strict'
import dns from 'node:dns'
import { once } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createDeviceNetworks } from './device-networks.ts'
import { ForbiddenAddressError, guardedConnector } from './guarded-connector.ts'

type Found = { readonly address: string; readonly family: number }[]

/** A resolver whose answers come one after another; how often it was asked is returned. */
function resolver(context: TestContext, answers: readonly Found[]): () => number {
  let asked = 0
  const lookup = context.mock.method(dns, 'lookup')
  lookup.mock.mockImplementation(((_name: string, _options: object, callback: unknown) => {
    const answer = answers[asked] ?? []
    asked += 1
    if (typeof callback === 'function') callback(null, answer)
  }) as typeof dns.lookup)
  syncBuiltinESMExports()
  context.after(() => {
    lookup.mock.restore()
    syncBuiltinESMExports()
  })
  return () => asked
}

function connect(hostname: string, port: number): Promise<Error | null> {
  const networks = createDeviceNetworks({ allowed: ['127.0.0.1'] })
  const connector = guardedConnector(networks, { connectMs: 500, connectionBytes: 1_000_000 })
  return new Promise((resolve) => {
    const options = { hostname, host: hostname, protocol: 'http:', port: String(port) }
    connector(options, (error, socket) => {
      socket?.destroy()
      resolve(error)
    })
  })
}

test('A9: a resolver that flips is asked once, and its checked answer is connected to', async (context) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const flipping = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.1', family: 4 }]]
  const asked = resolver(context, flipping)
  assert.equal(await connect('terminal.test', port), null)
  assert.equal(asked(), 1)
  assert.ok((await connect('terminal.test', port)) instanceof ForbiddenAddressError)
  assert.equal(asked(), 2)
  server.close()
})

test('A8: one forbidden address among several condemns the name', async (context) => {
  const mixed = [
    { address: '127.0.0.1', family: 4 },
    { address: '169.254.169.254', family: 4 },
  ]
  resolver(context, [mixed, []])
  assert.ok((await connect('terminal.test', 1)) instanceof ForbiddenAddressError)
  assert.ok((await connect('terminal.test', 1)) instanceof ForbiddenAddressError)
})

test('A8: a literal is checked although nothing looks it up', async (context) => {
  const asked = resolver(context, [])
  for (const literal of ['10.0.0.1', '::1', '::ffff:169.254.169.254']) {
    assert.ok((await connect(literal, 1)) instanceof ForbiddenAddressError)
  }
  assert.equal(asked(), 0)
})
