// `node bench/road.ts`: how much longer than the device itself needs a customer waits for the QR, and a shop for its
// webhook once the terminal has said that it is paid. Simulated terminals, the shop and the centre are processes of their own.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from './child.ts'
import type { DevicesArgument, DevicesHello, Stamps } from './devices.ts'
import { sharedNowMs } from './machine.ts'
import type { Arrived } from './receiver.ts'
import { atMostMore, type Figure, figureOf, type Naming, percentile, type Round } from './report.ts'
import { runAlone } from './run-alone.ts'
import { type BenchSource, openWorld } from './world.ts'

const TERMINALS = 5
const PAYMENTS = 40
/** A device shows the QR 0.6 to 1.6 s after the start: no second of asking fits them all by chance. */
const DEVICES: DevicesArgument = {
  terminals: TERMINALS,
  camera: 'jpeg',
  initializeMs: [600, 1_600],
}
/** A customer taps this long after the QR, each at another moment of the second. */
const TAPS_MS = { from: 300, step: 137, spread: 1_000 }
const PATIENCE_MS = 30_000

/** One payment as its shop saw it, ms of the shared clock. */
interface Told {
  readonly qr: string
  readonly askedMs: number
  readonly answeredMs: number
  readonly heardMs: number
}

/** One payment with what its device noted. */
interface Stage extends Told {
  readonly stamps: Stamps
}

interface Shop {
  readonly url: string
  readonly source: BenchSource
  readonly devices: Child<DevicesHello>
  heard(transactionId: string): Promise<number>
}

export async function measureRoad(rounds: number): Promise<Figure[]> {
  const world = await openWorld()
  const devices = await startChild<DevicesHello>('devices.ts', { argument: DEVICES })
  const receiver = await startChild<string>('receiver.ts', { argument: { saysEach: true } })
  try {
    await world.addTerminals(devices.hello.terminals)
    const source = await world.addSource('bench', receiver.hello)
    const { stop, url } = await world.startInstance()
    const shop: Shop = { url, source, devices, heard: listenTo(receiver) }
    const stages: Stage[][] = []
    try {
      // The first payment of all compiles what every later one runs.
      await roundOf(shop, 2 * TERMINALS)
      for (let n = 0; n < rounds; n += 1) stages.push(await roundOf(shop, PAYMENTS))
    } finally {
      await stop()
    }
    return figuresOf(stages)
  } finally {
    await receiver.stop()
    await devices.stop()
    await world.stop()
  }
}

function listenTo(receiver: Child<string>): Shop['heard'] {
  const waiting = new Map<string, (atMs: number) => void>()
  receiver.hear((message) => {
    const { atMs, transactionId } = message as Arrived
    waiting.get(transactionId)?.(atMs)
    waiting.delete(transactionId)
  })
  return (transactionId) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('Нет вебхука')), PATIENCE_MS)
      waiting.set(transactionId, (atMs) => {
        clearTimeout(late)
        resolve(atMs)
      })
    })
}

async function roundOf(shop: Shop, payments: number): Promise<Stage[]> {
  const told: Told[] = []
  let left = payments
  await Promise.all(
    Array.from({ length: TERMINALS }, async (_, customer) => {
      await sleep(customer * (TAPS_MS.spread / TERMINALS))
      while (left > 0) {
        left -= 1
        told.push(await pay(shop, left))
      }
    }),
  )
  const stamps = await shop.devices.ask<Stamps[]>('stamps')
  const byQr = new Map(stamps.map((each) => [each.qr, each]))
  return told.map((each) => ({ ...each, stamps: byQr.get(each.qr) ?? missing(each.qr) }))
}

async function pay(shop: Shop, n: number): Promise<Told> {
  const { data } = await post(shop, '/api/payment/init', { amount: 100_000 })
  const { transaction_id: transactionId } = data
  const heard = shop.heard(transactionId)
  const askedMs = sharedNowMs()
  const started = await post(shop, `/api/payment/${transactionId}/kaspi`, {
    payment_method: 'kaspi_gold',
  })
  const answeredMs = sharedNowMs()
  const qr = started.data.qr_code
  const after_ms = TAPS_MS.from + ((n * TAPS_MS.step) % TAPS_MS.spread)
  await fetch(`${shop.devices.hello.url}/phone/scan`, {
    method: 'POST',
    body: JSON.stringify({ qr, after_ms }),
  })
  return { qr, askedMs, answeredMs, heardMs: await heard }
}

interface Said {
  readonly data: { readonly transaction_id: string; readonly qr_code: string }
}

async function post({ source, url }: Shop, path: string, body: object): Promise<Said> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'X-API-Token': source.apiToken, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return JSON.parse(text) as Said
}

/** What each row compares, of one payment. */
const ALONE = ({ stamps: s }: Stage): Round['limit'] =>
  s.shownMs - s.startMs + answerMs(s) + frameMs(s)
const ASKED = (stage: Stage): Round['limit'] =>
  ALONE(stage) + passed(stage.stamps.shownMs, stage.stamps.shownAskedMs)
const QR = ({ answeredMs, askedMs }: Stage) => answeredMs - askedMs
const SAID_PAID = ({ stamps: s }: Stage) => passed(s.paidMs, s.paidSaidMs)
const HEARD = ({ heardMs, stamps: s }: Stage) => passed(s.paidMs, heardMs)

function answerMs({ shownAskedMs, shownSaidMs }: Stamps): number {
  return passed(shownAskedMs, shownSaidMs)
}

function frameMs({ frameAskedMs, frameSentMs }: Stamps): number {
  return passed(frameAskedMs, frameSentMs)
}

function figuresOf(stages: readonly Stage[][]): Figure[] {
  const alone = 'device alone: QR shown, its word, a frame'
  const asked = 'the same, and until it is asked'
  const paid = 'until the terminal, asked, has said so'
  return [
    ...rowsOf(stages, { what: 'POST kaspi to its QR', limit: alone }, QR, ALONE, [25, 60]),
    ...rowsOf(stages, { what: 'POST kaspi to its QR', limit: asked }, QR, ASKED, [25, 60]),
    ...rowsOf(stages, { what: 'paid to webhook', limit: paid }, HEARD, SAID_PAID, [20, 60]),
  ]
}

type Read = (stage: Stage) => number

/** The median and the worst hundredth of what each payment took more than its own limit. */
function rowsOf(
  stages: readonly Stage[][],
  naming: Pick<Naming, 'what' | 'limit'>,
  ours: Read,
  limit: Read,
  aims: readonly [median: number, p99: number],
): Figure[] {
  return ([0.5, 0.99] as const).map((share, n) => {
    const named: Naming = {
      ...naming,
      what: `${naming.what}, ${n === 0 ? 'median' : 'p99'}`,
      unit: 'ms',
      aim: atMostMore(aims[n] ?? Number.NaN),
    }
    const more = (of: readonly Stage[]) =>
      percentile(
        of.map((each) => ours(each) - limit(each)),
        share,
      )
    // What there is more is told of payments: the percentiles of ours and of the limit do not subtract.
    return {
      ...figureOf(
        named,
        stages.map((of) => ({
          ours: percentile(of.map(ours), share),
          limit: percentile(of.map(limit), share),
        })),
      ),
      compared: more(stages.flat()),
      least: Math.min(...stages.map(more)),
      most: Math.max(...stages.map(more)),
    }
  })
}

function passed(fromMs: number | null, toMs: number | null): number {
  if (fromMs === null || toMs === null) throw new Error('Устройство этого не отметило')
  return toMs - fromMs
}

function missing(qr: string): never {
  throw new Error(`Ни один терминал не показывал ${qr}`)
}

if (import.meta.main) await runAlone('road', measureRoad)
