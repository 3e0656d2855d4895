import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  asObject,
  cleanWord,
  idField,
  integerField,
  parseWireJson,
  textField,
} from './wire-value.ts'

function object(json: string) {
  return asObject(parseWireJson(Buffer.from(json)))
}

test('long numbers keep every digit', () => {
  const read = object('{"a":36993525213699352521,"b":3699352521,"c":"007","d":505.50}')
  assert.equal(textField(read, 'a'), '36993525213699352521')
  assert.equal(textField(read, 'b'), '3699352521')
  assert.equal(textField(read, 'c'), '007')
  assert.equal(textField(read, 'd'), '505.50')
})

test('numbers and strings read alike; everything else is absent', () => {
  const read = object('{"n":12,"s":" 12 ","f":1.5,"e":"","o":{},"l":[1],"b":true,"z":null}')
  assert.equal(integerField(read, 'n'), 12)
  assert.equal(integerField(read, 's'), 12)
  for (const name of ['f', 'e', 'o', 'l', 'b', 'z', 'absent', 'toString', '__proto__']) {
    assert.equal(integerField(read, name), null, name)
    assert.equal(idField(read, name), name === 'f' ? '1.5' : null, name)
  }
})

test('an id is short, plain and not a run of zeros', () => {
  for (const id of ['1', '1685890325386', 'a-b_c.d:e', 'x'.repeat(64)]) {
    assert.equal(idField({ id }, 'id'), id)
  }
  for (const id of ['0', '000', '-1', 'a b', 'a\nb', 'é', 'x'.repeat(65), '../x', 'a/b']) {
    assert.equal(idField({ id }, 'id'), null, id)
  }
})

test('bytes that are no JSON are undefined, never an exception', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseWireJson(bytes)))
  assert.equal(parseWireJson(Buffer.from('{"a":')), undefined)
  assert.equal(asObject(parseWireJson(Buffer.from('[1]'))), null)
})

test('a cleaned word is short and shows nothing that is not there', () => {
  assert.equal(cleanWord('\u202eGold\u0000 \u00a0 Plus\u200b\ud800', 64), 'Gold Plus')
  assert.equal(cleanWord('😀'.repeat(70), 64), '😀'.repeat(64))
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const word = cleanWord(text, 64)
      assert.ok([...word].length <= 64 && word.isWellFormed() && !/\p{C}/u.test(word))
    }),
  )
})
