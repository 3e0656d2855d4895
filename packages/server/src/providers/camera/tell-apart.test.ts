import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tellApart } from './tell-apart.ts'

const LINK = 'https://qr.kaspi.kz/40000000000000000000'

function tell(body: string | Uint8Array) {
  return tellApart(typeof body === 'string' ? Buffer.from(body) : body)
}

test('JSON in the spellings of the field', () => {
  const bodies = [
    { success: true, qrData: LINK },
    { qr: LINK },
    { data: LINK },
    { text: LINK },
    { url: LINK },
    { success: true, data: { qrData: LINK } },
    { data: [{ text: LINK }] },
    [{ data: { text: LINK } }],
    [{ type: 'qrcode', symbol: [{ seq: 0, data: LINK, error: null }] }],
    { result: { codes: [{ format: 'QR', text: LINK }] } },
    { status: 'ok', data: [LINK] },
    LINK,
  ]
  for (const body of bodies) {
    assert.deepEqual(tell(JSON.stringify(body)), { kind: 'texts', texts: [LINK] })
  }
})

test('a camera that sees nothing is not a camera that failed', () => {
  const bodies = ['', ' \n', '{"success":false,"message":"QR-код не найден"}', '{"qrData":null}']
  for (const body of [...bodies, '{"success":true}', '{"data":{"text":""}}']) {
    assert.deepEqual(tell(body), { kind: 'nothing' }, body)
  }
  for (const body of ['{"success":tr', '{"ok":1}', '[]', '???', '<html>', 'QR not found']) {
    assert.deepEqual(tell(body), { kind: 'nonsense' }, body)
  }
})

test('plain text counts when it is a link', () => {
  assert.deepEqual(tell(`${LINK}\r\n`), { kind: 'texts', texts: [LINK] })
  assert.deepEqual(tell(`\ufeff${LINK}`), { kind: 'texts', texts: [LINK] })
  assert.deepEqual(tell(`found:\n${LINK}`), { kind: 'texts', texts: [LINK] })
})

test('pictures are known by their first bytes', () => {
  const heads = [
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    [0xff, 0xd8, 0xff, 0xe0],
    [0x42, 0x4d, 1, 2, 3, 4, 0, 0, 0, 0],
  ]
  for (const head of heads) {
    const picture = Uint8Array.from(head)
    assert.deepEqual(tell(picture), { kind: 'picture', picture })
  }
  assert.deepEqual(tell('BMW or not'), { kind: 'nonsense' })
})

test('a picture may travel as text', () => {
  const picture = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
  const uri = `data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}`
  const bodies = [uri, JSON.stringify(uri), `{"image":"${uri}"}`, `{"data":{"data":"${uri}"}}`]
  for (const body of bodies) assert.deepEqual(tell(body), { kind: 'picture', picture })
  assert.deepEqual(tell(`{"qr":"${LINK}","image":"${uri}"}`), { kind: 'texts', texts: [LINK] })
  for (const body of ['data:image/jpeg;base64,', '{"image":"data:image/png;base64,AAAA"}']) {
    assert.deepEqual(tell(body), { kind: 'nonsense' })
  }
})

test('no bytes make it throw; few and short texts come out', () => {
  fc.assert(fc.property(fc.uint8Array(), (body) => void tellApart(body)))
  fc.assert(
    fc.property(fc.json(), (body) => {
      const answer = tell(body)
      if (answer.kind === 'texts') assert.ok(answer.texts.length <= 16)
    }),
  )
  assert.deepEqual(tell(`{"qr":"${'x'.repeat(5_000)}"}`), { kind: 'nothing' })
  assert.deepEqual(tell('[{"data":'.repeat(50_000)), { kind: 'nonsense' })
})
