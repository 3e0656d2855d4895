import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { giveBackMemory } from './give-back-memory.ts'

const MB = 2 ** 20

test('what is not used any more is given back, and the collector is shown to nobody else', () => {
  let kept: number[][] = []
  while (process.memoryUsage().heapTotal < 200 * MB) kept.push(new Array(10_000).fill(0.5))
  kept = kept.slice(0, 1)
  giveBackMemory()
  assert.ok(process.memoryUsage().heapTotal < 100 * MB)
  assert.equal(kept[0]?.length, 10_000)
  assert.equal(runInNewContext('typeof gc'), 'undefined')
})
