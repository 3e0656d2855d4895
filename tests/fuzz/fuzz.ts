// The run: lanes of drawn requests against one target. Each answer is judged, customers pay what was started,
// memory is measured on the way, and at the end the books must add up.

import fc from 'fast-check'
import { checkFigures } from '../../packages/server/src/payments/check-figures.ts'
import { faultOf } from './judge.ts'
import { readReference } from './operations.ts'
import { type FuzzRequest, requests } from './requests.ts'
import { Sender } from './send.ts'
import { type Memory, startTarget, type Target } from './target.ts'

const LANES = 6
const RENEW_EVERY = 100
const MEASUREMENTS = 20
const FAULTS_LIMIT = 30

export interface FuzzOptions {
  readonly requests: number
  readonly seed: number
  /** Called now and then with how many have been sent. */
  readonly tell?: (sent: number) => void
}

export interface FuzzReport {
  readonly sent: number
  readonly left: number
  readonly byStatus: ReadonlyMap<number, number>
  /** Operations that were answered with a success at least once, of all. */
  readonly succeeded: number
  readonly operations: number
  readonly memory: readonly Memory[]
  /** What is wrong, with the shortest request that shows it. */
  readonly faults: readonly string[]
}

export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const target = await startTarget()
  const sender = new Sender(target)
  try {
    return await fuzz(target, sender, options)
  } finally {
    sender.close()
    await target.stop()
  }
}

async function fuzz(
  target: Target,
  sender: Sender,
  { requests: count, seed, tell }: FuzzOptions,
): Promise<FuzzReport> {
  const { operations, components } = readReference()
  const byStatus = new Map<number, number>()
  const succeeded = new Set<string>()
  const memory: Memory[] = []
  const faults: string[] = []
  let sent = 0
  let left = 0
  /** One renewal or measurement at a time, whichever lane is at its turn. */
  let upkeep: Promise<unknown> = Promise.resolve()
  const turn = (work: () => Promise<unknown>) => {
    upkeep = upkeep.then(work)
    return upkeep
  }
  async function check(request: FuzzRequest): Promise<void> {
    sent += 1
    const number = sent
    if (number % RENEW_EVERY === 0) await turn(target.renew)
    if (number % Math.ceil(count / MEASUREMENTS) === 0) {
      await turn(async () => memory.push(await target.measure()))
      tell?.(number)
    }
    const answer = await sender.send(request)
    if (answer === 'left') {
      left += 1
      return
    }
    byStatus.set(answer.status, (byStatus.get(answer.status) ?? 0) + 1)
    if (answer.status < 300) succeeded.add(`${request.operation.method} ${request.operation.path}`)
    const fault = faultOf(request, answer)
    if (fault !== null) throw new Error(`${fault}\n    ${sender.curl(request)}`)
    pay(target, request, answer.text)
  }
  const drawn = requests(operations, components)
  const property = fc.asyncProperty(drawn, check)
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      let remaining = Math.ceil(count / LANES)
      // Behind a fault the lane goes on with other requests, so that one run names many.
      for (let round = 0; remaining > 0 && faults.length < FAULTS_LIMIT; round += 1) {
        const result = await fc.check(property, {
          seed: seed + lane + round * LANES,
          numRuns: remaining,
        })
        remaining -= Math.max(1, result.numRuns)
        if (result.failed) faults.push(String((result.errorInstance as Error).message))
      }
    }),
  )
  faults.push(...(await booksFaults(target)))
  const report = { sent, left, byStatus, memory, faults }
  return { ...report, succeeded: succeeded.size, operations: operations.length }
}

/** Somebody stands before each terminal whose QR was given out, and mostly pays. */
function pay({ centre }: Target, { operation }: FuzzRequest, text: string | null): void {
  if (!/\/(kaspi|start)$/.test(operation.path) || text === null) return
  const qr = /"qr_code":"([^"]+)"/.exec(text)?.[1]
  if (qr === undefined) return
  const outcome = qr.charCodeAt(qr.length - 1) % 4 === 0 ? 'decline' : 'confirm'
  centre.simulator.phone.scan({ qr, outcome })
}

async function booksFaults({ centre }: Target): Promise<string[]> {
  const sets = await centre.sql('SELECT set_id FROM postings GROUP BY set_id HAVING sum(tiyn) <> 0')
  const sums = await centre.sql(`
    SELECT p.id FROM payments p
    LEFT JOIN LATERAL (SELECT coalesce(sum(gross_tiyn), 0) AS gross, coalesce(sum(credit_tiyn), 0) AS credit
      FROM captures WHERE payment_id = p.id) c ON true
    WHERE p.paid_tiyn <> c.gross OR p.credited_tiyn <> c.credit`)
  const { differences } = await checkFigures(centre.running.centre)
  const overlaps = centre.simulator.journal.overlaps()
  return [
    ...sets.map(({ set_id: id }) => `postings of the set ${id} do not add up to zero`),
    ...sums.map(({ id }) => `payment ${id} is not the sum of its captures`),
    ...differences.map((each) => `figures differ from the rows: ${each.day}`),
    ...overlaps.map(([a]) => `terminal ${a.terminal} carried two operations at once`),
  ]
}
