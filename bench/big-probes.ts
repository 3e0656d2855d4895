// What is asked of books of different sizes, a timed call each: payments over HTTP as a source makes them, lists
// and figures through the ports as staff ask for them.

import assert from 'node:assert/strict'
import { DAY_MS, EVERYTHING, localTime, transactionIdOf } from '@byfly-pay/core'
import { applyInput } from '../packages/server/src/payments/apply-input.ts'
import { readFigures } from '../packages/server/src/payments/read-figures.ts'
import type { FigureGroup } from '../packages/server/src/ports/figure-store.ts'
import { reserveTerminal } from '../packages/server/src/terminals/reserve-terminal.ts'
import type { Books } from './big-world.ts'
import { SOURCES, TERMINALS } from './ledger-data.ts'
import { askedOf, questionsOf, ZONE } from './list-questions.ts'
import { PAYMENT, storyOf } from './story.ts'

export interface Timed {
  readonly ms: number
  /** What came of it, where that depends on the books. */
  readonly rows: number | null
}

export interface Probe {
  readonly what: string
  readonly aim: Aim | null
  readonly ask: (books: Books, n: number) => Promise<Timed>
}

/** `ratio`: p99 over that of the small books. `ms`: p99 of whichever books. */
export interface Aim {
  readonly kind: 'ratio' | 'ms'
  readonly most: number
}

const RATIO: Aim = { kind: 'ratio', most: 1.3 }
const SEARCH: Aim = { kind: 'ms', most: 100 }

export function probes(): readonly Probe[] {
  return [...ofSources(), START, PAY, STORY, ...ofLists(), ...ofFigures()]
}

async function timed(work: () => Promise<number | null>): Promise<Timed> {
  const began = performance.now()
  const rows = await work()
  return { ms: performance.now() - began, rows }
}

async function call({ token, url }: Books, path: string, init: RequestInit = {}): Promise<null> {
  const headers = { 'X-API-Token': token, 'Content-Type': 'application/json' }
  const response = await fetch(`${url}/api/payment/${path}`, { headers, ...init })
  const text = await response.text()
  assert.ok(response.ok, `${path}: ${response.status} ${text}`)
  return null
}

function idOf({ ids }: Books, n: number): string {
  return ids[(n * 7) % ids.length] ?? ''
}

function ofSources(): Probe[] {
  const init = (books: Books, more: object) =>
    call(books, 'init', {
      method: 'POST',
      body: JSON.stringify({ amount: 1_000_000, description: 'Тур', ...more }),
    })
  const run = Date.now()
  return [
    { what: 'POST init', aim: RATIO, ask: (books) => timed(() => init(books, {})) },
    {
      what: 'POST init with external_id',
      aim: RATIO,
      ask: (books, n) => timed(() => init(books, { external_id: `new-${run}-${n}` })),
    },
    {
      what: 'GET status',
      aim: RATIO,
      ask: (books, n) => timed(() => call(books, `${transactionIdOf(idOf(books, n))}/status`)),
    },
    {
      what: 'GET payment',
      aim: RATIO,
      ask: (books, n) => timed(() => call(books, transactionIdOf(idOf(books, n)))),
    },
  ]
}

/** No terminal is called: payment's lock, pool's lock, choice, claim and the attempt's rows. */
const START: Probe = {
  what: 'start: a terminal taken',
  aim: RATIO,
  async ask({ centre }, n) {
    const paymentId = await create({ centre })
    const [first] = storyOf('', 0)
    assert.ok(first?.kind === 'reserve')
    const reserve = () =>
      reserveTerminal(centre, {
        paymentId,
        source: { id: 1, countryIso: 'KZ', openAttemptsLimit: null },
        system: 'kaspi',
        request: { ...first.request, presence: 'in_person' },
        wanted: {
          presence: 'in_person',
          terminalId: terminalOf(n),
          tried: [],
          route: 'terminals_first',
        },
        onReserved: async () => {},
      })
    let attemptId = ''
    const time = await timed(async () => {
      const outcome = await reserve()
      assert.ok(outcome.kind === 'applied', outcome.kind)
      attemptId = outcome.attempt?.id ?? ''
      return null
    })
    await applyInput(centre, paymentId, async () => ({ kind: 'release', attemptId }))
    return time
  },
}

/** The transaction of the final word: attempt, sums, postings, history. */
const PAY: Probe = {
  what: 'the terminal’s last word booked',
  aim: RATIO,
  async ask({ centre }, n) {
    const paymentId = await create({ centre })
    const attemptId = (await centre.storage.payments.peek(paymentId))?.freshId ?? ''
    const story = storyOf(attemptId, terminalOf(n))
    const apply = async (input: (typeof story)[number]) => {
      const outcome = await applyInput(centre, paymentId, async () => input)
      assert.equal(outcome.kind, 'applied')
    }
    for (const input of story.slice(0, -1)) await apply(input)
    return timed(async () => {
      for (const input of story.slice(-1)) await apply(input)
      return null
    })
  },
}

function terminalOf(n: number): number {
  return 1 + (n % TERMINALS)
}

async function create({ centre }: Pick<Books, 'centre'>): Promise<string> {
  const created = await centre.storage.payments.create({ ...PAYMENT, sourceId: 1 })
  assert.ok(created.kind === 'created')
  return created.payment.id
}

const STORY: Probe = {
  what: 'one payment’s story for staff',
  aim: RATIO,
  ask: ({ centre, ...books }, n) =>
    timed(async () => {
      const story = await centre.storage.ledger.story(EVERYTHING, idOf({ centre, ...books }, n))
      assert.ok(story !== null)
      return null
    }),
}

/** A page and its total are asked for at once by whoever looks, and measured by themselves here. */
function ofLists(): Probe[] {
  return questionsOf(1).flatMap(({ what }, place) => {
    const asked = ({ ledger }: Books, n: number) => {
      const question = questionsOf(ledger.payments)[place]
      assert.ok(question !== undefined)
      return askedOf(question, n)
    }
    const page: Probe = {
      what,
      aim: what.startsWith('search') ? SEARCH : RATIO,
      async ask(books, n) {
        const { filter, page: of, scope } = asked(books, n)
        return timed(async () => {
          const { lines } = await books.centre.storage.ledger.page(scope, filter, of)
          return lines.length
        })
      },
    }
    const total: Probe = {
      what: `${what}: total`,
      aim: page.aim,
      async ask(books, n) {
        const { filter, scope } = asked(books, n)
        return timed(async () => (await books.centre.storage.ledger.count(scope, filter)).total)
      },
    }
    return [page, total]
  })
}

function ofFigures(): Probe[] {
  const spans = [
    { of: 'a day', days: 1, group: 'source' },
    { of: 'a month', days: 30, group: 'day' },
    { of: 'a year', days: 365, group: 'day' },
    { of: 'a year, one source', days: 365, group: 'method', sourceOf: sourceOfRun },
  ] as const
  return spans.map(({ of, days, group, ...more }) => ({
    what: `figures of ${of} by ${group}`,
    aim: RATIO,
    ask: (books, n) => {
      const sourceId = 'sourceOf' in more ? more.sourceOf(n) : null
      return timed(() => figures(books, days, n, group, sourceId))
    },
  }))
}

function sourceOfRun(n: number): number {
  return 1 + (n % SOURCES)
}

async function figures(
  { centre, ledger }: Books,
  days: number,
  n: number,
  group: FigureGroup,
  sourceId: number | null,
): Promise<number> {
  const lastMs = ledger.untilMs - (1 + (n % 30)) * DAY_MS
  const dayOf = (ms: number) => localTime(ms, ZONE).slice(0, 10)
  const filter = {
    dayFrom: dayOf(lastMs - (days - 1) * DAY_MS),
    dayTo: dayOf(lastMs),
    dateField: 'created_at',
    currency: 'KZT',
    sourceId,
    method: null,
    product: null,
    terminalId: null,
    countryIso: null,
    system: null,
  } as const
  const read = await readFigures(centre, EVERYTHING, filter, [group])
  assert.ok(read.kind === 'read')
  return read.lines.length
}
