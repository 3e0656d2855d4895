// What is sealed opens under its own key and under no other, whole or not at all.

import assert from 'node:assert/strict'
import { createCipheriv, createHash } from 'node:crypto'
import { test } from 'node:test'
import { systemRandom } from './random.ts'
import { openVault } from './vault.ts'

const KEY = 'one secret key of at least 32 characters'
const FORMER = 'another secret key of 32 characters and more'
const TEXTS = ['', 'whsec_1', 'Пароль 🔑', 'x'.repeat(10_000)]

test('what is sealed opens again, and never looks twice the same', () => {
  const vault = openVault(KEY, null, systemRandom)
  for (const text of TEXTS) {
    const sealed = vault.seal(text)
    assert.equal(vault.open(sealed), text)
    assert.notDeepEqual(vault.seal(text), sealed)
    assert.deepEqual(sealed.subarray(0, vault.header.length), vault.header)
    if (text.length > 1) assert.equal(sealed.indexOf(text), -1)
  }
})

test('a flipped bit and a lost end are noticed, wherever they are', () => {
  const vault = openVault(KEY, null, systemRandom)
  const sealed = vault.seal('secret')
  for (let at = 0; at < sealed.length; at += 1) {
    const flipped = Buffer.from(sealed)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    assert.throws(() => vault.open(flipped), /BYFLY_SECRET_KEY/, `byte ${at}`)
    assert.throws(() => vault.open(sealed.subarray(0, at)), /BYFLY_SECRET_KEY/, `cut at ${at}`)
  }
})

test('the former key opens what it sealed, and seals nothing', () => {
  const before = openVault(FORMER, null, systemRandom)
  const during = openVault(KEY, FORMER, systemRandom)
  const after = openVault(KEY, null, systemRandom)
  const old = before.seal('secret')
  assert.equal(during.open(old), 'secret')
  assert.equal(after.open(during.seal('secret')), 'secret')
  assert.throws(() => before.open(during.seal('secret')))
  assert.throws(() => after.open(old))
  assert.notDeepEqual(before.header, during.header)
  assert.deepEqual(during.header, after.header)
})

test('what releases without ids of keys sealed is opened too', () => {
  const nonce = Buffer.alloc(12, 3)
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(KEY).digest(), nonce)
  const text = Buffer.concat([cipher.update('secret'), cipher.final()])
  const sealed = Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), text])
  assert.equal(openVault(KEY, null, systemRandom).open(sealed), 'secret')
  assert.equal(openVault(FORMER, KEY, systemRandom).open(sealed), 'secret')
  assert.throws(() => openVault(FORMER, null, systemRandom).open(sealed))
})
