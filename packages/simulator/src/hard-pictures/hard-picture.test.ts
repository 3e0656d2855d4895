// The generator of hard pictures: the same bytes for the same seed, and covers that hide what they are
// told to hide. What pictures look like is for eyes; that they are real files is tried by decoding.
import assert from 'node:assert/strict'
import test from 'node:test'
import { Random } from '../random.ts'
import { codeWords } from './code-words.ts'
import { placeCover } from './cover.ts'
import { hardPicture } from './hard-picture.ts'
import { COVERED_WORDS, HARD_KINDS, STRENGTHS } from './kinds.ts'
import { hardShot } from './shot.ts'

const TEXT = 'https://qr.kaspi.kz/40000000000000000000'

test('a seed gives the same picture again, another seed another one', () => {
  const [first, again, other] = ['one', 'one', 'two'].map((seed) => hardPicture('jpeg', 1, seed))
  assert.ok(first !== undefined && again !== undefined && other !== undefined)
  assert.ok(Buffer.from(first.bytes).equals(again.bytes))
  assert.equal(first.text, again.text)
  assert.notEqual(first.text, other.text)
})

test('a shot of any kind and strength differs from an ordinary one in its own figure', () => {
  for (const kind of HARD_KINDS) {
    const shots = STRENGTHS.map((strength) => hardShot(kind, strength, new Random('shot')))
    const told = new Set(shots.map((shot) => JSON.stringify(shot)))
    assert.equal(told.size, STRENGTHS.length, kind)
  }
})

test('the words of a code of version 3 are seventy, each of eight modules', () => {
  const words = codeWords(TEXT)
  assert.deepEqual([words.modules, words.count], [29, 70])
  const modules = new Map<number, number>()
  for (let row = 0; row < words.modules; row += 1) {
    for (let column = 0; column < words.modules; column += 1) {
      const word = words.wordAt(row, column)
      modules.set(word, (modules.get(word) ?? 0) + 1)
    }
  }
  modules.delete(-1)
  assert.deepEqual([modules.size, ...new Set(modules.values())], [70, 8])
})

test('a cover hides its share of words and no finder', () => {
  const words = codeWords(TEXT)
  for (const kind of ['finger', 'cable'] as const) {
    for (const strength of [1, 2, 3, 4] as const) {
      const wordShare = COVERED_WORDS[strength]
      const cover = { kind, wordShare, mayHideFinders: false }
      const { shape } = placeCover(cover, words, new Random(`${kind}/${strength}`))
      const hidden = new Set<number>()
      for (let row = 0; row < 29; row += 1) {
        for (let column = 0; column < 29; column += 1) {
          if (shape(column + 0.5, row + 0.5) === 0) continue
          hidden.add(words.wordAt(row, column))
          const isNearEnd = (place: number) => place < 8 || place > 20
          const isFinder = isNearEnd(row) && isNearEnd(column) && !(row > 20 && column > 20)
          assert.ok(!isFinder, `${kind} ${strength} hides a finder`)
        }
      }
      hidden.delete(-1)
      const most = Math.floor(wordShare * words.count)
      assert.ok(hidden.size === most || hidden.size === most - 1, `${hidden.size} of ${most}`)
    }
  }
})
