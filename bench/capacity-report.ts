// The page of bench/capacity.ts: costs, what machines carry by them, how the model was checked, how the books grow.

import type { CpuInfo } from 'node:os'
import {
  BUSY_SHARE,
  type Cost,
  type Costs,
  carriedBy,
  fitting,
  type Habits,
  LOOP_SHARE,
} from './capacity-model.ts'
import type { Growth } from './capacity-world.ts'

/** What is told for comparison; null where the load did not measure it. */
interface Told {
  readonly centreMs: number
  readonly databaseMs: number | null
}

/** Processor time for each second of a load: as it was, and as the model says. */
export interface Check {
  readonly what: string
  readonly measured: Told
  readonly predicted: Told
}

/** What the guide promises of the model. */
const ERROR_LIMIT = 0.3
const MACHINES = [2, 4, 8]
const HABITS: readonly (readonly [what: string, habits: Habits])[] = [
  ['40 s at the QR', { heldSeconds: 40, readsEach: 0 }],
  ['the same, shops ask once a second', { heldSeconds: 40, readsEach: 40 }],
  ['15 s at the QR', { heldSeconds: 15, readsEach: 0 }],
]
const NAMES: Readonly<Record<keyof Costs, string>> = {
  creation: 'POST init',
  statusRead: 'GET status',
  start: 'POST kaspi to paid, without looks and pictures',
  picture: 'its camera sends a picture of 640 × 480',
  look: 'a look at a terminal',
  delivery: 'a webhook',
  waitingSecond: 'a waiting client, a second',
  idleSecond: 'an idle instance, a second',
}

export function capacityReport(
  costs: Costs,
  checks: readonly Check[],
  growth: Growth,
  cpus: readonly CpuInfo[],
): string {
  return [
    '# Capacity',
    '',
    '`node bench/capacity.ts`: processor time of the centre and of the database for each piece of work, what',
    `machines carry by it while they are busy by no more than ${100 * BUSY_SHARE} %, and an instance's loop by ${100 * LOOP_SHARE} %.`,
    '',
    ...costTable(costs),
    '',
    ...machineTables(costs),
    '',
    ...checkTable(checks),
    '',
    ...growthTable(growth),
    '',
    `Measured on ${cpus.length} × ${cpus[0]?.model.trim() ?? 'CPU'}, everything on one machine.`,
    '',
  ].join('\n')
}

export function costTable(costs: Costs): string[] {
  const ms = (value: number) => value.toFixed(value < 0.1 ? 4 : 2)
  const rows = Object.entries(NAMES).map(([key, name]) => {
    const { centreMs, databaseMs } = costs[key as keyof Costs]
    return `| ${name} | ${ms(centreMs)} | ${ms(databaseMs)} |`
  })
  return ['| work | centre, ms | database, ms |', '| --- | ---: | ---: |', ...rows]
}

function machineTables(costs: Costs): string[] {
  const number = (value: number) => Math.floor(value).toLocaleString('en')
  const carried = HABITS.flatMap(([what, habits]) =>
    MACHINES.map((cores) => {
      const { instances, paymentsAnHour, terminals } = carriedBy(cores, costs, habits)
      return `| ${what} | ${cores} | ${number(paymentsAnHour)} | ${number(terminals)} | ${instances} |`
    }),
  )
  const alone = (cost: Cost) => MACHINES.map((cores) => number(fitting(cores, cost))).join(' | ')
  return [
    '| payments, each told by a webhook | cores | an hour | terminals at work | instances |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...carried,
    '',
    `| nothing else | ${MACHINES.map((cores) => `${cores} cores`).join(' | ')} |`,
    `| --- | ${MACHINES.map(() => '---:').join(' | ')} |`,
    `| POST init a second | ${alone(costs.creation)} |`,
    `| GET status a second | ${alone(costs.statusRead)} |`,
    `| webhooks a second | ${alone(costs.delivery)} |`,
    `| clients that wait (an instance lets 12,000) | ${alone(costs.waitingSecond)} |`,
  ]
}

function checkTable(checks: readonly Check[]): string[] {
  const rows = checks.flatMap(({ measured, predicted, what }) =>
    (['centreMs', 'databaseMs'] as const).flatMap((part) => {
      const [was, said] = [measured[part], predicted[part]]
      if (was === null || said === null) return []
      const error = said / was - 1
      const verdict = Math.abs(error) <= ERROR_LIMIT ? 'within' : 'beyond'
      return [
        `| ${what} | ${part === 'centreMs' ? 'centre' : 'database'} | ${(was / 1_000).toFixed(3)} | ` +
          `${(said / 1_000).toFixed(3)} | ${(100 * error).toFixed(0)} %, ${verdict} |`,
      ]
    }),
  )
  return [
    `| load | of | cores, measured | cores, by the model | error (limit ${100 * ERROR_LIMIT} %) |`,
    '| --- | --- | ---: | ---: | ---: |',
    ...rows,
  ]
}

function growthTable({ bytesCreated, bytesPaid, rowsPaid }: Growth): string[] {
  const kb = (bytes: number) => (bytes / 1_024).toFixed(1)
  return [
    `A payment that is only created takes ${kb(bytesCreated)} KB on disk with its indexes, one that is paid and told of`,
    `${kb(bytesPaid)} KB, versions that vacuum has yet to take included. Rows of a paid one:`,
    '',
    '| table | rows |',
    '| --- | ---: |',
    ...rowsPaid.map(([table, rows]) => `| ${table} | ${rows.toFixed(1)} |`),
  ]
}
