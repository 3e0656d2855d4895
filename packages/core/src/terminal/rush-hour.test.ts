// Whether a wait that was told comes true: customers of three sources crowd round a pool for half an hour,
// over core's own functions. It takes seconds, so mutation tests leave it out.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { terminalFacts } from '../testing/terminals.ts'
import { matchTickets, placeOf, type Ticket, turnFor } from './queue.ts'

const NOW = 1_700_000_000_000

/** The same numbers for the same seed. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Customers as they are: most pay within a minute, some take long, some leave the QR to run out. */
function operationMs(chance: () => number): number {
  const who = chance()
  if (who < 0.08) return 95_000 + 10_000 * chance()
  if (who < 0.13) return 8_000 + 6_000 * chance()
  return 20_000 + 15_000 * (chance() + chance() + chance())
}

interface Stated {
  readonly etaMs: number
  readonly waitedMs: number
}

/** A rush hour over core's own functions: who joins is told a wait, and then really waits. */
function rushHour(seed: number, terminals: number, perMinute: number): Stated[] {
  const chance = chances(seed)
  const stated: Stated[] = []
  const told = new Map<string, number>()
  const measured = Array.from({ length: 60 }, () => operationMs(chance))
  let facts = Array.from({ length: terminals }, (_, n) => terminalFacts({ id: n + 1 }))
  const endsAt = new Map<number, number>()
  let tickets: Ticket[] = []
  let arrivesAt = NOW
  for (let now = NOW; now < NOW + 30 * 60_000 || tickets.length > 0; now += 250) {
    facts = facts.map((terminal) => {
      if (!terminal.isHeld || (endsAt.get(terminal.id) ?? 0) > now) return terminal
      measured.push(now - (terminal.lastReservedAtMs ?? now))
      measured.shift()
      return { ...terminal, isHeld: false }
    })
    if (now >= arrivesAt && now < NOW + 30 * 60_000) {
      arrivesAt = now - (Math.log(1 - chance()) * 60_000) / perMinute
      const sourceId = 1 + Math.floor(3 * chance())
      const wanted = {
        presence: 'remote',
        tried: [],
        route: 'terminals_first',
        terminalId: null,
        countryIso: 'KZ',
        sourceId,
      } as const
      const paymentId = `${now}`
      const turn = turnFor(tickets, sourceId, now)
      tickets.push({
        paymentId,
        wanted,
        turn,
        enqueuedAtMs: now,
        lastSeenAtMs: now,
        grantedUntilMs: null,
      })
      const place = placeOf(tickets, paymentId, facts, measured, now)
      told.set(paymentId, 1_000 * (place?.etaSeconds ?? 0))
    }
    tickets = tickets.map((ticket) => ({ ...ticket, lastSeenAtMs: now }))
    for (const [paymentId, terminalId] of matchTickets(tickets, facts, now)) {
      const joinedAt = Number(paymentId)
      if (now > joinedAt) stated.push({ etaMs: told.get(paymentId) ?? 0, waitedMs: now - joinedAt })
      tickets = tickets.filter((ticket) => ticket.paymentId !== paymentId)
      endsAt.set(terminalId, now + operationMs(chance))
      facts = facts.map((terminal) =>
        terminal.id === terminalId
          ? { ...terminal, isHeld: true, lastReservedAtMs: now }
          : terminal,
      )
    }
  }
  return stated
}

for (const { perTerminal, terminals } of [
  { terminals: 5, perTerminal: 1.4 },
  { terminals: 10, perTerminal: 1.3 },
  { terminals: 20, perTerminal: 1.3 },
]) {
  test(`S8: ${terminals} terminals under load: the wait was told within a third to nine of ten`, () => {
    // An operation takes 44 s on the average, so so many more come than can be served.
    const perMinute = (perTerminal * terminals * 60) / 44
    for (const seed of [1, 2, 3]) {
      const stated = rushHour(seed, terminals, perMinute)
      const right = stated.filter(
        ({ etaMs, waitedMs }) => Math.abs(etaMs - waitedMs) <= waitedMs / 3,
      )
      const share = right.length / stated.length
      assert.ok(
        stated.length > 40 * terminals,
        `seed ${seed}: в очереди были лишь ${stated.length}`,
      )
      assert.ok(share >= 0.9, `seed ${seed}: верно ${share.toFixed(3)} из ${stated.length}`)
    }
  })
}
