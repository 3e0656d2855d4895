// The journal on disk: what was paid outlives the process, and no number returns.
import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { quickWorld } from '../testing/quick-world.ts'

function journalPath(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-journal-'))
  context.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'journal.ndjson')
}

test('a second run reads what the first one wrote, and goes on', async (context) => {
  const path = journalPath(context)
  const first = await quickWorld(context, { journalPath: path })
  const paid = await first.showQr(1, 100)
  first.simulator.phone.scan({ qr: paid.qr, after_ms: 0 })
  const { transactionId } = await first.final(1, paid.processId)
  const open = await first.showQr(1, 200)
  await first.simulator.close()
  // What a kill in the middle of a write leaves behind.
  appendFileSync(path, '{"type":"entry","terminal":1,"ser')

  const second = await quickWorld(context, { journalPath: path })
  const { journal } = second.simulator
  assert.deepEqual(
    journal.operations.map(({ amount_tenge, outcome }) => [amount_tenge, outcome]),
    [
      [100, 'paid'],
      [200, 'forgotten'],
    ],
  )
  assert.equal(journal.entries[0]?.transaction_id, transactionId)
  const query = { method: 'qr', transactionId, amount: '100' }
  assert.equal((await second.call(1, 'refund', query)).body.statusCode, 0)
  await second.simulator.close()

  const third = await quickWorld(context, { journalPath: path })
  const { qr } = await third.showQr(1, 300)
  assert.equal([paid.qr, open.qr].includes(qr), false, 'the same seed, and still another QR')
  assert.equal(third.simulator.journal.operations.length, 4)
  assert.deepEqual(third.simulator.journal.overlaps(), [])
})

test('overlaps() finds two operations at once on one terminal', async (context) => {
  const { simulator } = await quickWorld(context)
  const start = (process_id: string, started_at: string) =>
    simulator.journal.startOperation({
      terminal: 1,
      serial: 'x',
      process_id,
      kind: 'sale',
      amount_tenge: 1,
      qr: '',
      started_at,
    })
  start('1', '2026-01-01T00:00:00.000Z')
  start('2', '2026-01-01T00:00:01.000Z')
  assert.equal(simulator.journal.overlaps().length, 1)
})
