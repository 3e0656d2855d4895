// Terminals are asked once more, while they still remember, about operations that are over: what a person
// decided without them, or what they said too soon, may look otherwise by then. A difference is put on a
// desk; no payment is changed by it, and silence or forgetting proves nothing.

import type { Observation, Success } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { FoundEntry } from '../ports/desk-store.ts'
import type { EndedAttempt } from '../ports/recheck-store.ts'
import { reachTerminal } from '../terminals/reach-terminal.ts'

/** In one turn: fewer calls than one watched payment makes. */
const AT_ONCE_LIMIT = 20
const ASK_MS = 10_000

/** @returns how many differences were found. */
export async function recheckTerminals(centre: Centre): Promise<number> {
  const { desks, rechecks } = centre.storage
  let opened = 0
  for (const attempt of await rechecks.next(AT_ONCE_LIMIT)) {
    const found = await askAgain(centre, attempt)
    opened += await centre.storage.transaction(async (tx) => {
      await rechecks.noteLooked(tx, attempt.id)
      return desks.open(tx, found === null ? [] : [found])
    })
  }
  return opened
}

async function askAgain(centre: Centre, attempt: EndedAttempt): Promise<FoundEntry | null> {
  const reached = await reachTerminal(centre, attempt.terminalId)
  if (reached === null) return null
  const { device, provider } = reached
  const signal = centre.clock.timeout(ASK_MS)
  const told = await provider.observe(device, attempt.processId, signal)
  return differenceOf(centre, attempt, told)
}

async function differenceOf(
  centre: Centre,
  attempt: EndedAttempt,
  told: Observation,
): Promise<FoundEntry | null> {
  switch (told.kind) {
    case 'waiting':
    case 'unknown':
    case 'not_found':
    case 'no_answer':
      return null
    case 'failed':
      return attempt.grossTiyn === null ? null : entryOf(attempt, null)
    case 'succeeded': {
      const { grossTiyn, moneyKind, providerTransactionId: number } = told.success
      if (grossTiyn !== null && grossTiyn === attempt.grossTiyn) return null
      // A process id that began again after a reset is of another payment, whose money is booked there.
      const isOthers =
        number !== null &&
        (await centre.storage.rechecks.isBookedElsewhere(attempt.id, moneyKind, number))
      return isOthers ? null : entryOf(attempt, told.success)
    }
  }
}

function entryOf(attempt: EndedAttempt, told: Success | null): FoundEntry {
  const sum = told?.grossTiyn ?? null
  return {
    kind: 'terminal_disagrees',
    key: `recheck:${attempt.id}`,
    paymentId: attempt.paymentId,
    attemptId: attempt.id,
    terminalId: attempt.terminalId,
    sourceId: attempt.sourceId,
    countryIso: null,
    system: null,
    facts: {
      at_ms: attempt.startedAtMs,
      number: told?.providerTransactionId ?? null,
      booked: attempt.grossTiyn === null ? null : String(attempt.grossTiyn),
      // Absent where it says that there was money and not how much.
      ...(told !== null && sum === null ? {} : { told: sum === null ? null : String(sum) }),
    },
  }
}
