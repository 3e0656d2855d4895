// All that a page can show of the pretend world, in one answer: the terminals and the phone as they are
// now, the newest movements of money, the shop's orders and webhooks. It only reads.
import { lookAhead } from '../camera/sight.ts'
import type { Journal, JournalEntry } from '../journal/journal.ts'
import type { Phone } from '../phone/phone.ts'
import type { CheckedWebhook, Shop } from '../shop/shop.ts'
import type { Terminal } from '../terminal/terminal.ts'

const SHOWN = 20

export interface World {
  readonly terminals: readonly Terminal[]
  readonly journal: Journal
  readonly phone: Phone
  readonly shop: Shop
}

export type WorldState = ReturnType<typeof worldState>

/** The lists are newest first. */
export function worldState({ terminals, journal, phone, shop }: World) {
  return {
    terminals: terminals.map(terminalState),
    phone: {
      is_online: phone.isOnline,
      screen: phone.screen(),
      scans: phone.scans.slice(-SHOWN).toReversed(),
    },
    entries: journal.entries
      .slice(-SHOWN)
      .toReversed()
      .map((entry) => entryState(entry, journal)),
    orders: shop.orders.slice(-SHOWN).toReversed(),
    webhooks: shop.webhooks().slice(-SHOWN).toReversed().map(webhookState),
  }
}

function terminalState(terminal: Terminal) {
  return {
    number: terminal.number,
    api: terminal.api,
    is_secure: terminal.certificateFingerprint !== null,
    protection: terminal.protection,
    is_reachable: terminal.isReachable,
    screen: terminal.screen(),
    camera: terminal.camera,
    sight: lookAhead(terminal).kind,
    faults: terminal.faults.list().map(({ name }) => name),
  }
}

function entryState(entry: JournalEntry, journal: Journal) {
  const { terminal, transaction_id, kind, amount_tenge, product, loan_term, at } = entry
  const qr = journal.qrOf(terminal, entry.process_id)
  return { terminal, transaction_id, kind, amount_tenge, product, loan_term, qr, at }
}

function webhookState({ at, id, text, body, raw_body_verified }: CheckedWebhook) {
  const read = (name: string) => textIn(body, name)
  const is_signed = raw_body_verified === true
  return { at, id, text, is_signed, status: read('status'), payment: read('transaction_id') }
}

/** A webhook is whatever the centre under test has sent. */
function textIn(body: unknown, name: string): string | null {
  const value = Object.entries(body ?? {}).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : null
}
