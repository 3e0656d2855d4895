// `npm run chaos -- --minutes N --seed S`: prints what was done, what came of it, and what is wrong.

import { newSeed } from '../crash/seeded.ts'
import { type ChaosReport, runChaos } from './chaos.ts'
import { readOptions } from './options.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

function tell({
  acknowledged,
  bookedTiyn,
  payments,
  restMs,
  salesTiyn,
  strikes,
  told,
}: ChaosReport) {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
  say(`удары: ${list(strikes)}`)
  say(`клиент услышал: ${list(told)}`)
  say(`платежи: ${list(payments)}; подтверждено клиенту ${acknowledged}`)
  say(
    `терминалы взяли ${salesTiyn} тиын, в книгах ${bookedTiyn}, разница — на столах или ошибка ниже`,
  )
  say(`успокоилось за ${(restMs / 1000).toFixed(1)} с`)
}

const options = readOptions(process.argv.slice(2), newSeed, say)
say(`seed ${options.seed}, ${options.minutes} мин`)
const report = await runChaos(options)
tell(report)
for (const line of report.wrong) say(`✖ ${line}`)
say(report.wrong.length === 0 ? `книги сходятся, seed ${options.seed}` : `seed ${options.seed}`)
process.exit(report.wrong.length === 0 ? 0 : 1)
