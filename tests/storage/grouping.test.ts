// Calls that travel together: each is carried once, gets its own answer, and none waits for company.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { grouping } from '../../packages/server/src/storage/grouping.ts'

test('whatever comes when, each is sent once, in order, in groups within their limits', async () => {
  const limits = fc.record({
    groups: fc.integer({ min: 1, max: 3 }),
    items: fc.integer({ min: 1, max: 5 }),
  })
  const pauses = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(
      limits,
      pauses,
      fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
      async (most, when, takes) => {
        const sent: number[][] = []
        let underWay = 0
        const ask = grouping(async (items: readonly number[]) => {
          sent.push([...items])
          underWay += 1
          assert.ok(underWay <= most.groups)
          assert.ok(items.length >= 1 && items.length <= most.items)
          await turns(takes.next().value ?? 0)
          underWay -= 1
          return items.map((n) => n * 2)
        }, most)
        const answers: Promise<number>[] = []
        for (const [n, pause] of when.entries()) {
          answers.push(ask(n))
          await turns(pause)
        }
        assert.deepEqual(
          await Promise.all(answers),
          when.map((_, n) => n * 2),
        )
        assert.deepEqual(
          sent.flat(),
          when.map((_, n) => n),
        )
      },
    ),
  )
})

test('a group that fails fails its own calls alone, and the next goes', async () => {
  const ask = grouping(
    async (items: readonly number[]) => {
      if (items.includes(2)) throw new Error('два')
      return items
    },
    { groups: 1, items: 2 },
  )
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map(ask))
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled'],
  )
})

test('answers that are not as many as questions are nobody’s', async () => {
  const ask = grouping(async (items: readonly number[]) => items.slice(1), { groups: 1, items: 9 })
  const results = await Promise.allSettled([1, 2, 3].map(ask))
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected', 'rejected'],
  )
})

async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve))
}
