// `node bench/pictures.ts`: how many hard pictures are read, how fast, and what that costs the event
// loop; prints tables and writes bench/pictures.md. BENCH_PICTURES sets how many of each kind and strength.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import {
  HARD_KINDS,
  type HardPicture,
  hardPicture,
  STRENGTHS,
  UNREADABLE_REASONS,
  unreadablePicture,
} from '@byfly-pay/simulator'
import { CAMERA_LIMITS } from '../packages/server/src/providers/camera/limits.ts'
import {
  openPictureReaders,
  type PictureReaders,
} from '../packages/server/src/providers/camera/picture-readers.ts'
import {
  type PictureLook,
  readPicture,
} from '../packages/server/src/providers/camera/pictures/read-picture.ts'
import { type Explained, type LoopLag, type Reading, report } from './pictures-report.ts'

const SEEDS = (process.env['BENCH_SEEDS'] ?? 'a,b,c').split(',')
const PICTURES = Number(process.env['BENCH_PICTURES'] ?? 46)
/** Beyond what an office gives: enough to see, not to promise. */
const BEYOND_PICTURES = Math.ceil(PICTURES / 4)
const UNREADABLE_PICTURES = PICTURES
const LAG_PICTURES = 60
const LOOK_MS = 10_000

const firstTry = openPictureReaders({ ...CAMERA_LIMITS, secondTriesMs: 0 })
const wholeLadder = openPictureReaders(CAMERA_LIMITS)

/** A picture is handed over with its bytes, so each reader gets a copy, made before the clock starts. */
async function timed(readers: PictureReaders, picture: Uint8Array) {
  const copy = new Uint8Array(picture)
  const startedMs = performance.now()
  const look = await readers.read(copy, AbortSignal.timeout(LOOK_MS))
  return { look, tookMs: performance.now() - startedMs }
}

function verdict(look: PictureLook, text: string): 'right' | 'wrong' | 'nothing' {
  if (look.kind !== 'texts') return 'nothing'
  return look.texts.every((read) => read === text) ? 'right' : 'wrong'
}

/** `isFirstAhead` takes turns: who comes after the drawing finds the processor's caches cold. */
async function readOne(picture: HardPicture, isFirstAhead: boolean): Promise<Reading> {
  const ahead = isFirstAhead ? await timed(firstTry, picture.bytes) : null
  const whole = await timed(wholeLadder, picture.bytes)
  const first = ahead ?? (await timed(firstTry, picture.bytes))
  return {
    kind: picture.kind,
    strength: picture.strength,
    first: { verdict: verdict(first.look, picture.text), tookMs: first.tookMs },
    whole: { verdict: verdict(whole.look, picture.text), tookMs: whole.tookMs },
  }
}

async function readAll(): Promise<Reading[]> {
  const readings: Reading[] = []
  for (const kind of HARD_KINDS) {
    process.stdout.write(`${kind}…\n`)
    for (const strength of STRENGTHS) {
      const count = strength === 5 ? BEYOND_PICTURES : PICTURES
      for (let n = 0; n < count; n += 1) {
        const seed = `${SEEDS[n % SEEDS.length]}-${n}`
        readings.push(await readOne(hardPicture(kind, strength, seed), n % 2 === 0))
      }
    }
  }
  return readings
}

async function explainAll(): Promise<Explained[]> {
  const explained: Explained[] = []
  for (const reason of UNREADABLE_REASONS) {
    process.stdout.write(`${reason}…\n`)
    for (let n = 0; n < UNREADABLE_PICTURES; n += 1) {
      const { bytes } = unreadablePicture(reason, `${SEEDS[n % SEEDS.length]}-${n}`)
      const { look } = await timed(wholeLadder, bytes)
      explained.push({ reason, told: look.kind === 'nothing' ? look.hint : look.kind })
    }
  }
  return explained
}

/** The longest the loop was late, and its 99th percentile, while `work` was done picture by picture. */
async function lagOf(
  what: string,
  work: (picture: Uint8Array) => Promise<unknown>,
): Promise<LoopLag> {
  // Two that are read at once and two that go through all second tries.
  const kinds = [hardPicture('tilt', 1, 'lag'), hardPicture('jpeg', 1, 'lag')].map(
    ({ bytes }) => bytes,
  )
  const hard = ['no_code', 'blurred'] as const
  const pictures = [...kinds, ...hard.map((reason) => unreadablePicture(reason, 'lag').bytes)]
  for (const picture of pictures) await work(picture)
  const histogram = monitorEventLoopDelay({ resolution: 1 })
  histogram.enable()
  for (let n = 0; n < LAG_PICTURES; n += 1) {
    const picture = pictures[n % pictures.length]
    if (picture !== undefined) await work(picture)
  }
  histogram.disable()
  return { what, p99Ms: histogram.percentile(99) / 1e6, mostMs: histogram.max / 1e6 }
}

async function measureLag(): Promise<LoopLag[]> {
  process.stdout.write('event loop…\n')
  const { secondTriesMs } = CAMERA_LIMITS
  return [
    await lagOf('nothing to read', () => new Promise((resolve) => setTimeout(resolve, 50))),
    await lagOf('read in the thread', (picture) => timed(wholeLadder, picture)),
    await lagOf('read on the loop', (picture) =>
      readPicture(picture, CAMERA_LIMITS, secondTriesMs),
    ),
  ]
}

try {
  await timed(firstTry, hardPicture('tilt', 1, 'warm').bytes)
  const lags = await measureLag()
  const { text, isReached } = report(await readAll(), await explainAll(), lags, SEEDS)
  process.stdout.write(`\n${text}`)
  writeFileSync(join(import.meta.dirname, 'pictures.md'), text)
  if (!isReached) process.exitCode = 1
} finally {
  await Promise.all([firstTry.close(), wholeLadder.close()])
}
