import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { test } from 'node:test'
import type { buildConnector } from 'undici'
import { oneConnection } from './one-connection.ts'

const OPTIONS = { hostname: '127.0.0.1', protocol: 'http:', port: '1' }

function connectorWith(outcomes: (Error | Socket)[]) {
  const callbacks: (() => void)[] = []
  const connector: buildConnector.connector = (_options, callback) => {
    const outcome = outcomes[callbacks.length]
    callbacks.push(() => {
      if (outcome instanceof Socket) callback(null, outcome)
      else callback(outcome ?? new Error('no outcome'), null)
    })
  }
  return { connector, callbacks }
}

test('a connection that came too late is thrown away and changes nothing', () => {
  const socket = new Socket()
  const { connector, callbacks } = connectorWith([socket])
  const connection = oneConnection(connector)
  const given: unknown[] = []
  connection.connect(OPTIONS, (...args) => void given.push(args))
  assert.equal(connection.wasMade(), false)
  callbacks[0]?.()
  assert.equal(connection.wasMade(), false)
  assert.equal(socket.destroyed, true)
  assert.match(JSON.stringify(given), /^\[\[\{\},null\]\]$/)
})

test('there is no second connection, not even after a failed first one', () => {
  for (const first of [new Error('refused'), new Socket()]) {
    const { connector, callbacks } = connectorWith([first])
    const connection = oneConnection(connector)
    connection.connect(OPTIONS, () => {})
    callbacks[0]?.()
    let second: Error | null = null
    connection.connect(OPTIONS, (...args) => {
      second = args[0]
    })
    assert.ok(second)
    assert.equal(callbacks.length, 1)
    assert.equal(connection.wasMade(), first instanceof Socket)
  }
})
