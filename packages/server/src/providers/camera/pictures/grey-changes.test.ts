import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Grey } from './grey.ts'
import { shrunk, spreadHighlights, toldByMean } from './grey-changes.ts'

const picture = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data): Grey => ({ width, height, data })),
  )

/** All pixels from one corner to before another, as far as they exist. */
function inside(
  { width, height, data }: Grey,
  left: number,
  top: number,
  right: number,
  bottom: number,
) {
  const values: number[] = []
  for (let y = Math.max(0, top); y < Math.min(height, bottom); y += 1) {
    for (let x = Math.max(0, left); x < Math.min(width, right); x += 1) {
      values.push(data[y * width + x] ?? Number.NaN)
    }
  }
  return values
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

test('a pixel is white when it is lighter than the mean around it', () => {
  fc.assert(
    fc.property(picture, fc.integer({ min: 0, max: 14 }), (grey, radius) => {
      const told = toldByMean(grey, radius)
      for (const [at, value] of grey.data.entries()) {
        const [x, y] = [at % grey.width, Math.floor(at / grey.width)]
        const around = inside(grey, x - radius, y - radius, x + radius + 1, y + radius + 1)
        const isLighter = value * around.length > around.reduce((sum, each) => sum + each, 0)
        assert.equal(told.data[at], isLighter ? 255 : 0)
      }
    }),
  )
})

test('a shrunk picture has the means of its squares', () => {
  fc.assert(
    fc.property(picture, fc.integer({ min: 1, max: 4 }), (grey, factor) => {
      const small = shrunk(grey, factor)
      assert.equal(small.width, Math.floor(grey.width / factor))
      assert.equal(small.data.length, small.width * small.height)
      for (const [at, value] of small.data.entries()) {
        const [left, top] = [(at % small.width) * factor, Math.floor(at / small.width) * factor]
        const square = inside(grey, left, top, left + factor, top + factor)
        assert.equal(value, Math.floor(mean(square)))
      }
    }),
  )
})

test('highlights are spread, and their order stays', () => {
  const ramp = { width: 256, height: 1, data: Uint8Array.from({ length: 256 }, (_, at) => at) }
  const spread = spreadHighlights(ramp).data
  assert.deepEqual([spread[0], spread[230], spread[255]], [0, 137, 255])
  assert.deepEqual(spread, spread.toSorted())
})
