// `npm run cluster -- --rounds N --seed S`: builds a cluster out of Debian's packages on the loopback, breaks
// it, upgrades it, judges its books, and ends everything that it started, however it ends.

import { parseArgs } from 'node:util'
import { newSeed } from '../crash/seeded.ts'
import { takeGround } from './ground.ts'
import { medianOf } from './measures.ts'
import { ensurePrograms } from './packages.ts'
import { runTrial, type TrialReport } from './trial.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string' },
    customers: { type: 'string', default: '6' },
  },
})

const seconds = (ms: number) => (ms / 1000).toFixed(1)

function tell({
  acknowledged,
  calls,
  payments,
  recoveries,
  restMs,
  restoredTasks,
  upgrade,
}: TrialReport) {
  for (const [kind, each] of recoveries) {
    if (each.length === 0) continue
    const first = each.map(({ firstWriteMs }) => firstWriteMs ?? Number.POSITIVE_INFINITY)
    const calm = each.map(({ calmMs }) => calmMs)
    const failed = each.reduce((sum, recovery) => sum + recovery.failed, 0)
    const both = (figures: number[]) =>
      `медиана ${seconds(medianOf(figures))} с, больше всего ${seconds(Math.max(...figures))} с`
    say(
      `${kind} × ${each.length}: первая запись ${both(first)}; последний сбой ${both(calm)}; сбоев ${failed}`,
    )
  }
  say(
    `обновление: ${upgrade.calls} вызовов за ${seconds(upgrade.tookMs)} с, сбоев ${upgrade.wrong.length}`,
  )
  const list = [...payments].map(([status, count]) => `${status} ${count}`).join(', ')
  say(`вызовов ${calls}, платежи: ${list}; подтверждено клиенту ${acknowledged}`)
  say(`задач после переключений ${restoredTasks}; успокоилось за ${seconds(restMs)} с`)
}

const seed = values.seed === undefined ? newSeed() : Number(values.seed)
const rounds = Number(values.rounds)
say(`seed ${seed}, кругов ${rounds}`)
ensurePrograms(say)
const ground = await takeGround()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void ground.close().then(() => process.exit(130)))
}
let isGood = false
try {
  const report = await runTrial(ground, { rounds, seed, customers: Number(values.customers), say })
  tell(report)
  for (const line of report.wrong) say(`✖ ${line}`)
  isGood = report.wrong.length === 0
  if (isGood) say(`книги сходятся, seed ${seed}`)
} catch (error) {
  say(`✖ ${(error as Error).message}`)
} finally {
  await ground.close()
}
if (!isGood) say(`seed ${seed}, журналы остались в ${ground.folder}`)
process.exit(isGood ? 0 : 1)
