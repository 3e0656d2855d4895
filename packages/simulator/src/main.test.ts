// The simulator as a process: one line when it is ready, a clean end on SIGTERM, a usage on nonsense.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { readCommandLine, UsageError } from './command-line.ts'

const MAIN = join(import.meta.dirname, 'main.ts')

test('it says where it listens, serves, and ends by itself on SIGTERM', async (context) => {
  const flags = ['--port', '0', '--terminals', '2', '--cameras', 'json,text', '--seed', '3']
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  context.after(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  const ready = JSON.parse(String(line))
  assert.equal(ready.ready, true)
  assert.equal(ready.terminals.length, 2)
  assert.deepEqual(Object.keys(ready.terminals[0]), ['number', 'url', 'host', 'port', 'camera_url'])
  assert.equal((await fetch(`${ready.url}/healthz`)).status, 200)
  assert.equal((await fetch(`${ready.terminals[1].url}/v2/deviceinfo`)).status, 200)
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
})

test('a flag that is not understood ends it with the usage', async () => {
  const child = spawn(process.execPath, [MAIN, '--cameras', 'gif'], { stdio: 'pipe' })
  const [[code], text] = await Promise.all([
    once(child, 'exit'),
    child.stderr.toArray().then((chunks) => Buffer.concat(chunks).toString()),
  ])
  assert.equal(code, 1)
  assert.match(text, /--cameras: gif is none of json/)
  assert.match(text, /--terminal-ports/)
})

test('modes are given in order and repeated over the terminals', () => {
  const { terminals } = readCommandLine([
    ...['--terminals', '3', '--terminal-ports', '7001', '--https', '--protection'],
    ...['--api', 'v1,both', '--cameras', 'mjpeg', '--permission', 'ask', '--cancel', 'http_400'],
  ])
  const every = { https: {}, protection: true, camera: 'mjpeg', permission: 'ask' }
  assert.deepEqual(
    terminals,
    [
      { api: 'v1', port: 7001 },
      { api: 'both', port: 0 },
      { api: 'v1', port: 0 },
    ].map((one) => ({ ...every, cancel: 'http_400', ...one })),
  )
  for (const [flag, text] of [
    ['--api', 'v3'],
    ['--permission', 'maybe'],
    ['--cancel', ''],
    ['--terminal-ports', '1,x'],
    ['--terminals', '0x2'],
  ] as const) {
    assert.throws(() => readCommandLine([flag, text]), UsageError, flag)
  }
  assert.throws(() => readCommandLine(['--misspelt']), TypeError)
})
