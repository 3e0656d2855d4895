// The centre over TLS of its own: what it speaks, what it says to browsers, and that a renewed certificate is
// taken without a restart and without cutting anybody off.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { Agent, type RequestOptions, request } from 'node:https'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { connect, type TLSSocket } from 'node:tls'
import { chooseFreePort } from '../../packages/server/src/storage/embedded/free-port.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { freshDatabase } from '../support/database.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import {
  makeDatedCertificate,
  makeTestCertificate,
  type TestCertificate,
} from '../support/test-certificate.ts'
import { until } from '../support/until.ts'

const PUBLIC_URL = 'https://pay.example.kz'
const folder = newScratchFolder('served')
const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]

let centre: TestCentre
let plainPort: number

/** In two writes, as whoever renews it does. */
function put({ cert, key }: TestCertificate): void {
  writeFileSync(certPath, cert)
  writeFileSync(keyPath, key)
}

before(async () => {
  put(makeTestCertificate('localhost'))
  plainPort = await chooseFreePort()
  centre = await startTestCentre({
    terminals: 1,
    limits: { certificateMs: 50 },
    env: {
      BYFLY_TLS_CERT: certPath,
      BYFLY_TLS_KEY: keyPath,
      BYFLY_PUBLIC_URL: PUBLIC_URL,
      BYFLY_HTTP_REDIRECT_PORT: String(plainPort),
    },
  })
})
after(async () => {
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The connection that it came by. */
  readonly socket: TLSSocket
  readonly fingerprint: string
}

async function get(url: string, options: RequestOptions = {}): Promise<Got> {
  // Each by a connection of its own, unless its agent keeps one.
  const own = { rejectUnauthorized: false, agent: false } as const
  const sent = request(`${url}/healthz`, { ...own, ...options }).end()
  const [response] = await once(sent, 'response')
  const socket: TLSSocket = response.socket
  const { fingerprint256: fingerprint } = socket.getPeerCertificate()
  response.resume()
  await once(response, 'end')
  return { status: response.statusCode, headers: response.headers, socket, fingerprint }
}

async function protocolWith(maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> {
  const { port } = new URL(centre.url)
  const options = { host: '127.0.0.1', port: Number(port), rejectUnauthorized: false } as const
  const ciphers = 'DEFAULT:@SECLEVEL=0'
  const socket = connect({ ...options, maxVersion, minVersion: 'TLSv1', ciphers })
  try {
    await once(socket, 'secureConnect')
    return socket.getProtocol()
  } catch {
    return null
  } finally {
    socket.destroy()
  }
}

test('it speaks TLS 1.2 and 1.3, and nothing older', async () => {
  assert.equal(new URL(centre.url).protocol, 'https:')
  assert.equal(await protocolWith('TLSv1.3'), 'TLSv1.3')
  assert.equal(await protocolWith('TLSv1.2'), 'TLSv1.2')
  assert.equal(await protocolWith('TLSv1.1'), null)
})

test('a browser is told to come so from now on', async () => {
  const { headers, status } = await get(centre.url)
  assert.equal(status, 200)
  assert.equal(headers['strict-transport-security'], 'max-age=15552000')
})

test('plain HTTP leads to the public address, whatever Host it is asked for, and takes no writes', async () => {
  const call = (method: string) =>
    fetch(`http://127.0.0.1:${plainPort}/console/?a=1`, {
      method,
      redirect: 'manual',
      headers: { Host: 'evil.example' },
    })
  const look = await call('GET')
  assert.equal(look.status, 308)
  assert.equal(look.headers.get('location'), `${PUBLIC_URL}/console/?a=1`)
  const written = await call('POST')
  assert.equal(written.status, 403)
  assert.equal(written.headers.get('location'), null)
})

test('a renewed certificate is taken as it lies there; who is connected stays so', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const first = await get(centre.url, { agent })
    put(makeTestCertificate('renewed.example'))
    await until(async () => (await get(centre.url)).fingerprint !== first.fingerprint)
    const again = await get(centre.url, { agent })
    assert.equal(again.status, 200)
    assert.equal(again.socket, first.socket)
  } finally {
    agent.destroy()
  }
})

test('a faulty renewal changes nothing', async () => {
  const before = await get(centre.url)
  // The key of the certificate before it: every pair of writes looks like this for a moment.
  writeFileSync(certPath, makeTestCertificate('half.example').cert)
  centre.running.reloadCertificate?.()
  assert.equal((await get(centre.url)).fingerprint, before.fingerprint)
  const whole = makeTestCertificate('whole.example')
  put(whole)
  await until(async () => (await get(centre.url)).fingerprint !== before.fingerprint)
})

const DAY_MS = 86_400_000

test('an end that is near is an alert, and its renewal ends it', async () => {
  const alerts = () =>
    centre.sql("SELECT facts->>'names' AS names, severity, ended_at FROM alerts WHERE kind = $1", [
      'certificate_expiring',
    ])
  const from = new Date('2020-01-01')
  put(makeDatedCertificate(['ending.example'], from, new Date(Date.now() + 13 * DAY_MS)))
  await until(async () => (await alerts()).length === 1)
  const [alert] = await alerts()
  assert.deepEqual(alert, { names: 'ending.example', severity: 'critical', ended_at: null })
  put(makeDatedCertificate(['lasting.example'], from, new Date(Date.now() + 15 * DAY_MS)))
  await until(async () => (await get(centre.url)).status === 200)
  // As if the minutes were over in which another instance might still serve it.
  await until(async () => {
    const [row] = await centre.sql(
      `UPDATE tls_certificates SET seen_at = seen_at - interval '6 minutes'
       WHERE names = 'ending.example' RETURNING names`,
    )
    return row !== undefined && (await alerts())[0].ended_at !== null
  })
})

test('SIGHUP has a running centre look at once; a faulty file keeps one from starting', async () => {
  const database = await freshDatabase()
  const own = join(folder, 'own')
  const port = await chooseFreePort()
  const [cert, key] = [`${own}.crt`, `${own}.key`]
  const write = (made: TestCertificate) => {
    writeFileSync(cert, made.cert)
    writeFileSync(key, made.key)
  }
  write(makeTestCertificate('localhost'))
  const start = () =>
    spawn(process.execPath, ['packages/server/src/cli/byfly.ts', 'serve'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: database.url,
        DATABASE_OWNER_URL: database.ownerUrl,
        BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
        BYFLY_TLS_CERT: cert,
        BYFLY_TLS_KEY: key,
        BYFLY_DATA_DIR: folder,
        BYFLY_LOG_LEVEL: 'silent',
        HOST: '127.0.0.1',
        PORT: String(port),
      },
    })
  const child = start()
  try {
    const said = createInterface(child.stdout)
    await once(said, 'line')
    const url = `https://127.0.0.1:${port}`
    const first = await get(url)
    write(makeTestCertificate('renewed.example'))
    child.kill('SIGHUP')
    await until(async () => (await get(url)).fingerprint !== first.fingerprint)
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  write({ ...makeTestCertificate('a'), key: makeTestCertificate('b').key })
  const faulty = start()
  let complaint = ''
  faulty.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const [code] = await once(faulty, 'close')
  assert.equal(code, 1)
  assert.match(complaint, /BYFLY_TLS_KEY: ключ не от этого сертификата/)
  assert.doesNotMatch(complaint, /\.ts:\d/)
  await database.drop()
})
