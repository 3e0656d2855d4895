// What an operator is told of a certificate that cannot be served, before anything listens.

import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigError, readConfig } from '../../packages/server/src/config.ts'
import { readCertificate, readRenewed } from '../../packages/server/src/tls/certificate-files.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { makeDatedCertificate, makeTestCertificate } from '../support/test-certificate.ts'

const NOW = Date.UTC(2026, 10, 24)
const folder = newScratchFolder('tls')
after(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function written(text: string): string {
  files += 1
  const path = join(folder, `${files}.pem`)
  writeFileSync(path, text)
  return path
}

function faultOf(certPath: string, keyPath: string): string {
  try {
    readRenewed({ certPath, keyPath }, NOW)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test('a good pair is read with its names, its end and its fingerprint, the chain after it or not', () => {
  const own = makeTestCertificate('pay.example.kz', 'www.pay.example.kz')
  const authority = makeTestCertificate('authority')
  const read = (cert: string) =>
    readCertificate({ certPath: written(cert), keyPath: written(own.key) })
  const alone = read(own.cert)
  assert.equal(alone.names, 'pay.example.kz, www.pay.example.kz')
  assert.equal(alone.expiresAtMs, Date.UTC(2120, 0, 1))
  assert.equal(alone.fingerprint.length, 32)
  assert.deepEqual(read(own.cert + authority.cert).fingerprint, alone.fingerprint)
})

test('both faulty files are named at once, with their paths', () => {
  mkdirSync(join(folder, 'dir'))
  const said = faultOf(join(folder, 'none.pem'), join(folder, 'dir'))
  assert.match(said, /BYFLY_TLS_CERT: файла нет: .*none\.pem/)
  assert.match(said, /BYFLY_TLS_KEY: это папка, а нужен файл: .*dir/)
})

test('a key of another certificate is told apart from one that is none', () => {
  const [own, other] = [makeTestCertificate('a'), makeTestCertificate('b')]
  assert.match(faultOf(written(own.cert), written(other.key)), /ключ не от этого сертификата/)
  // The chain before the leaf reads the same way.
  assert.match(
    faultOf(written(other.cert + own.cert), written(own.key)),
    /Первым в BYFLY_TLS_CERT стоит сертификат центра\?/,
  )
  assert.match(faultOf(written('text'), written(own.key)), /в файле нет сертификата PEM/)
  assert.match(faultOf(written(own.cert), written(own.cert)), /нет ключа PEM без пароля/)
  const sealed = createPrivateKey(own.key).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  })
  assert.match(faultOf(written(own.cert), written(`${sealed}`)), /нет ключа PEM без пароля/)
})

test('one whose days are over or still to come takes no other’s place, and is served where there is none', () => {
  const dated = (from: string, to: string) => {
    const { cert, key } = makeDatedCertificate(['a'], new Date(from), new Date(to))
    const paths = { certPath: written(cert), keyPath: written(key) }
    assert.equal(readCertificate(paths).expiresAtMs, Date.parse(to))
    return faultOf(paths.certPath, paths.keyPath)
  }
  assert.match(dated('2026-01-01', '2026-11-24'), /сертификат истёк 24\.11\.2026/)
  assert.match(dated('2026-11-25', '2027-11-24'), /действует с 25\.11\.2026/)
  assert.equal(dated('2026-11-24', '2026-11-25'), '')
})

test('half a configuration is a fault of it', () => {
  const faultsOf = (env: Record<string, string>): readonly string[] => {
    try {
      readConfig(env)
      return []
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      return error.faults
    }
  }
  assert.deepEqual(faultsOf({ BYFLY_TLS_CERT: 'a' }), [
    'BYFLY_TLS_KEY: нужен вместе с BYFLY_TLS_CERT',
  ])
  assert.deepEqual(faultsOf({ BYFLY_TLS_KEY: 'a' }), [
    'BYFLY_TLS_CERT: нужен вместе с BYFLY_TLS_KEY',
  ])
  const both = { BYFLY_TLS_CERT: 'a', BYFLY_TLS_KEY: 'b', BYFLY_HTTP_REDIRECT_PORT: '80' }
  assert.equal(faultsOf({ BYFLY_HTTP_REDIRECT_PORT: '80' }).length, 1)
  assert.equal(faultsOf({ ...both, BYFLY_PUBLIC_URL: 'http://pay.example.kz' }).length, 1)
  assert.deepEqual(faultsOf({ ...both, BYFLY_PUBLIC_URL: 'https://pay.example.kz' }), [])
})
