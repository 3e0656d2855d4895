// What receivers check, written a second time from the documentation, and Standard Webhooks by its
// own library. Nothing here may reuse the signing code as its own oracle.

import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { Webhook } from 'standardwebhooks'
import {
  formerWebhookSecret,
  newWebhookSecret,
  signWebhook,
  verifyWebhookSignature,
} from './webhook-signature.ts'

const CURRENT = newWebhookSecret(randomBytes(32))
const OLD = newWebhookSecret(randomBytes(32))
const ID = '01985b6e-7c1f-7000-8000-0123456789ab'

/** Russian, an emoji, a lone surrogate, separators and numbers that a careless printer changes. */
const BODY = JSON.stringify({
  transaction_id: 'ABC123DEF456789',
  status: 'paid',
  amount: 10100,
  description: 'Оплата за тур 🏖 \u2028 \ud800 </script> "кавычки" \\ /',
  metadata: { order_id: '12345', price: 0.1, tiny: 1e-7, empty: {}, list: [null, true] },
  paid_at: '2025-12-24 10:05:30',
})

/** `hash_hmac('sha256', file_get_contents('php://input'), $secret)` of the documentation. */
function phpAccepts(raw: Buffer, signature: string, secret: string): boolean {
  return createHmac('sha256', secret).update(raw).digest('hex') === signature
}

/** `verifyWebhook(req, secret)` of the documentation, behind `express.json()`. */
function nodeAccepts(raw: Buffer, signature: string, secret: string): boolean {
  const body = JSON.stringify(JSON.parse(raw.toString('utf8')))
  return createHmac('sha256', secret).update(body).digest('hex') === signature
}

function standardAccepts(body: string, headers: object, secret: string): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers } as Record<string, string>)
    return true
  } catch {
    return false
  }
}

function signed(secrets: readonly string[], body = BODY) {
  const timestampSeconds = Math.floor(Date.now() / 1000)
  return signWebhook({ secrets, id: ID, timestampSeconds, body })
}

describe('newWebhookSecret', () => {
  it('is whsec_ and the base64 of its bytes', () => {
    const bytes = randomBytes(32)
    assert.equal(newWebhookSecret(bytes), `whsec_${bytes.toString('base64')}`)
  })

  it('refuses any other number of bytes', () => {
    for (const count of [0, 16, 31, 33]) {
      assert.throws(() => newWebhookSecret(randomBytes(count)), /32/)
    }
  })
})

describe('signWebhook', () => {
  it('is accepted by both documented verifiers', () => {
    const raw = Buffer.from(BODY, 'utf8')
    const signature = signed([CURRENT])['X-Webhook-Signature']
    assert.match(signature, /^[0-9a-f]{64}$/)
    assert.ok(phpAccepts(raw, signature, CURRENT))
    assert.ok(nodeAccepts(raw, signature, CURRENT))
    assert.ok(!phpAccepts(raw, signature, OLD))
  })

  it('is accepted by the standardwebhooks library', () => {
    const headers = signed([CURRENT])
    assert.ok(standardAccepts(BODY, headers, CURRENT))
    assert.ok(!standardAccepts(BODY, headers, OLD))
    assert.ok(!standardAccepts(`${BODY} `, headers, CURRENT))
    assert.ok(!standardAccepts(BODY, { ...headers, 'webhook-id': 'another' }, CURRENT))
  })

  it('equals what the library itself signs', () => {
    const timestampSeconds = 1_766_552_730
    const headers = signWebhook({ secrets: [CURRENT], id: ID, timestampSeconds, body: BODY })
    assert.equal(
      headers['webhook-signature'],
      new Webhook(CURRENT).sign(ID, new Date(timestampSeconds * 1000), BODY),
    )
    assert.equal(headers['webhook-id'], ID)
    assert.equal(headers['webhook-timestamp'], '1766552730')
  })

  it('lets the old secret sign the documented header during a rotation, both the standard one', () => {
    const headers = signed([CURRENT, OLD])
    const raw = Buffer.from(BODY, 'utf8')
    assert.ok(phpAccepts(raw, headers['X-Webhook-Signature'], OLD))
    assert.ok(nodeAccepts(raw, headers['X-Webhook-Signature'], OLD))
    assert.ok(!phpAccepts(raw, headers['X-Webhook-Signature'], CURRENT))
    assert.equal(headers['webhook-signature'].split(' ').length, 2)
    assert.ok(standardAccepts(BODY, headers, CURRENT))
    assert.ok(standardAccepts(BODY, headers, OLD))
    assert.ok(!standardAccepts(BODY, headers, newWebhookSecret(randomBytes(32))))
  })

  it('refuses to sign without a secret, with a damaged one, or at half a second', () => {
    const base = { id: ID, timestampSeconds: 1, body: BODY }
    assert.throws(() => signWebhook({ ...base, secrets: [] }), /нет секрета/)
    const damaged = ['', 'whsec_', CURRENT.slice(0, -2), CURRENT.slice(6), `${CURRENT}\n`]
    damaged.push(` ${CURRENT}`)
    for (const secret of damaged) {
      assert.throws(() => signWebhook({ ...base, secrets: [secret] }), /whsec_ и base64/, secret)
    }
    const atHalfASecond = { ...base, secrets: [CURRENT], timestampSeconds: 1.5 }
    assert.throws(() => signWebhook(atHalfASecond), /целые секунды/)
  })
})

describe('formerWebhookSecret', () => {
  it('goes on signing for receivers that know the text itself, also beside a new secret', () => {
    const raw = Buffer.from(BODY, 'utf8')
    for (const text of ['your_jwt_secret', 'whsec_short', 'former:former:', 'ключ']) {
      const kept = formerWebhookSecret(text)
      const alone = signed([kept])
      assert.ok(phpAccepts(raw, alone['X-Webhook-Signature'], text), text)
      assert.ok(nodeAccepts(raw, alone['X-Webhook-Signature'], text), text)
      const rotated = signed([CURRENT, kept])
      assert.ok(phpAccepts(raw, rotated['X-Webhook-Signature'], text), text)
      assert.ok(standardAccepts(BODY, rotated, CURRENT))
    }
    assert.equal(formerWebhookSecret(CURRENT), CURRENT)
    assert.throws(() => formerWebhookSecret(''), /пуст/)
    assert.throws(() => signed(['former:']), /whsec_ и base64/)
  })
})

describe('verifyWebhookSignature', () => {
  const signature = signed([CURRENT])['X-Webhook-Signature']

  it('accepts the body as text and as bytes', () => {
    assert.ok(verifyWebhookSignature(BODY, signature, CURRENT))
    assert.ok(verifyWebhookSignature(Buffer.from(BODY), signature, CURRENT))
  })

  it('refuses another body, another secret and another signature', () => {
    assert.ok(!verifyWebhookSignature(`${BODY}\n`, signature, CURRENT))
    assert.ok(!verifyWebhookSignature(BODY, signature, OLD))
    assert.ok(!verifyWebhookSignature(BODY, '0'.repeat(64), CURRENT))
  })

  it('says no, and does not throw, for a missing or malformed header', () => {
    const headers = [
      undefined,
      null,
      '',
      'ы',
      signature.slice(1),
      `${signature}0`,
      `${signature}\n`,
    ]
    headers.push(`sha256=${signature}`, signature.toUpperCase().replace(/\d/g, 'A'))
    for (const header of headers) assert.ok(!verifyWebhookSignature(BODY, header, CURRENT))
  })

  it('says no to a list, which is how some servers tell a header without types to hold them', () => {
    const list: unknown = [signature]
    assert.ok(!verifyWebhookSignature(BODY, list as string, CURRENT))
  })
})
