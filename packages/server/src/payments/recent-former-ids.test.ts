import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { FormerIdStore } from '../ports/import-store.ts'
import { recentFormerIds } from './recent-former-ids.ts'

const FOUND = { paymentId: '019b4f5c-8a31-7d02-a6c1-e5b4d3f20718', formerId: 'Abc-1' }

describe('recentFormerIds', () => {
  let asked: string[]
  let rows: Map<string, typeof FOUND>
  let nowMs: number
  let ids: FormerIdStore

  beforeEach(() => {
    asked = []
    rows = new Map()
    nowMs = 1_000_000
    const store: FormerIdStore = {
      async areAny() {
        asked.push('any')
        return rows.size > 0
      },
      async find(formerId) {
        asked.push(formerId)
        return rows.get(formerId.toUpperCase()) ?? null
      },
    }
    ids = recentFormerIds(store, {
      now: () => nowMs,
      sleep: async () => {},
      timeout: AbortSignal.timeout,
    })
  })

  it('asks one thing in ten seconds where nothing came over', async () => {
    for (let n = 0; n < 100; n += 1) assert.equal(await ids.find(`X-${n}`), null)
    assert.deepEqual(asked, ['any'])
    nowMs += 10_000
    await ids.find('X-1')
    assert.deepEqual(asked, ['any', 'any'])
  })

  it('remembers an id that came over for ever, in any case of its letters', async () => {
    rows.set('ABC-1', FOUND)
    for (const spelled of ['abc-1', 'ABC-1', 'Abc-1']) {
      assert.deepEqual(await ids.find(spelled), FOUND)
      nowMs += 3_600_000
    }
    assert.deepEqual(asked, ['any', 'abc-1'])
  })

  it('learns within ten seconds of one that came over since, also by a clock that was set back', async () => {
    rows.set('OTHER', FOUND)
    assert.equal(await ids.find('abc-1'), null)
    rows.set('ABC-1', FOUND)
    assert.equal(await ids.find('abc-1'), null)
    nowMs -= 60_000
    assert.deepEqual(await ids.find('abc-1'), FOUND)
  })
})
