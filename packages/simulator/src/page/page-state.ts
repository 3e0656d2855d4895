// All that the page shows, in one answer: the terminals as they are now, the newest movements of money
// and the newest webhooks. It only reads.
import type { Journal, JournalEntry } from '../journal/journal.ts'
import type { ReceivedWebhook, Shop } from '../shop/shop.ts'
import type { Terminal } from '../terminal/terminal.ts'

const SHOWN = 20

export interface PageWorld {
  readonly terminals: readonly Terminal[]
  readonly journal: Journal
  readonly shop: Shop
}

/** The lists are newest first. */
export function pageState({ terminals, journal, shop }: PageWorld) {
  return {
    terminals: terminals.map((terminal) => ({
      number: terminal.number,
      api: terminal.api,
      is_secure: terminal.certificateFingerprint !== null,
      protection: terminal.protection,
      camera: terminal.camera,
      screen: terminal.screen(),
      faults: terminal.faults.list().map(({ name }) => name),
      registered: terminal.registeredNames(),
    })),
    entries: journal.entries.slice(-SHOWN).toReversed().map(entryBody),
    webhooks: shop.webhooks(null).slice(-SHOWN).toReversed().map(webhookBody),
  }
}

function entryBody({ terminal, transaction_id, kind, amount_tenge, ...rest }: JournalEntry) {
  const { product, loan_term, at } = rest
  return { terminal, transaction_id, kind, amount_tenge, product, loan_term, at }
}

function webhookBody({ at, id, text, body }: ReceivedWebhook) {
  return { at, id, text, status: textIn(body, 'status'), payment: textIn(body, 'transaction_id') }
}

/** A webhook is whatever the centre under test has sent. */
function textIn(body: unknown, name: string): string | null {
  const value = Object.entries(body ?? {}).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : null
}
