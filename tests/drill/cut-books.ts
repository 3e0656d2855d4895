// What drills of a restore do to a world before and after the cut, and I18 itself.

import assert from 'node:assert/strict'
import type { Listener } from '../crash/spawn-instance.ts'
import type { StepName } from '../crash/steps.ts'
import { uuidOf } from '../crash/watched.ts'
import type { World } from '../crash/world.ts'

/** I18 itself: by the terminals' journals, not by what the books remember. */
export async function everyOperationIsMinded(
  { simulator }: World,
  sql: World['sql'],
  cutAt: string,
): Promise<void> {
  const since = simulator.journal.operations.filter(({ started_at }) => started_at >= cutAt)
  assert.ok(since.length >= 3, 'после снимка терминалы ничего не делали')
  for (const { process_id, terminal } of simulator.journal.operations) {
    const [row] = await sql(
      `SELECT EXISTS (
         SELECT FROM attempts a JOIN terminals t ON t.id = a.terminal_id
         WHERE t.camera_id = $1 AND a.process_id = $2 AND a.ended_at IS NOT NULL
       ) OR EXISTS (
         SELECT FROM tasks JOIN terminals t ON t.id = tasks.terminal_id
         WHERE t.camera_id = $1 AND tasks.closed_at IS NULL AND tasks.kind = 'books_restored'
           AND (facts ->> 'since')::timestamptz <= $3
       ) AS minded`,
      [terminal, process_id, cutAt],
    )
    assert.ok(row.minded, `операция ${process_id} терминала ${terminal} ничья`)
  }
}

/** Holds one payment at a step until it is let go. */
export function standAt(step: StepName) {
  let held: string | null = null
  let letGo = () => {}
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const listener: Listener = {
    at(passing, go) {
      if (held === null || passing.step !== step || passing.paymentId !== uuidOf(held)) {
        go()
        return
      }
      letGo = go
      arrive()
    },
    calls: (_, go) => go(),
  }
  return {
    listener,
    arrived,
    hold: (id: string) => {
      held = id
    },
    letGo: () => {
      held = null
      letGo()
    },
  }
}

export async function create({ client }: World, url: string, number: number): Promise<string> {
  const told = await client.init(url, 100_000 * number, `init-${number}`)
  assert.equal(told.outcome, 'ok', told.text)
  return told.id ?? ''
}

export async function startOf({ client }: World, url: string, id: string): Promise<string> {
  const told = await client.kaspi(url, id, '1')
  assert.equal(told.outcome, 'ok', told.text)
  return told.body.data.qr_code
}

export async function pay(world: World, url: string, id: string): Promise<void> {
  world.simulator.phone.scan({ qr: await startOf(world, url, id) })
}

export async function statusOf({ sql }: World, id: string): Promise<string> {
  const [row] = await sql('SELECT status FROM payments WHERE id = $1', [uuidOf(id)])
  return row.status
}
