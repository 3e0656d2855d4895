// Every screen of the page as the state that a server would send for it: for looking at the page, and for
// checks that need all of it. How payments really get there is told by the tests over a real centre.

import { hash } from 'node:crypto'
import type { BrowserContext } from 'playwright-core'
import type { PayState } from '../../packages/contract/src/index.ts'

export const SCENE_ID = '019B4F5C8A317D02A6C1E5B4D3F20718'
const TOKEN = '11837469201'
const QR = {
  qr_code: `https://qr.kaspi.kz/${TOKEN}`,
  payment_url: `https://pay.kaspi.kz/pay/${TOKEN}`,
  qr_image_url: `https://pay.example.kz/pay/${SCENE_ID}/qr.svg?v=1`,
  qr_expires_at_utc: '2026-11-24T10:33:00.000Z',
} as const

const METHODS: PayState['methods'] = [
  offer('kaspi_gold', 'Kaspi Gold', 1, 1_010_000),
  offer('kaspi_red', 'Kaspi Red', 1, 1_010_000),
  offer('kaspi_credit', 'Кредит', 14, 1_140_000),
  offer('kaspi_installment_12', 'Рассрочка', 14, 1_140_000, 12),
  { ...offer('kaspi_installment_24', 'Рассрочка', 16, 1_160_000, 24), is_available: false },
]

const REST_METHODS: PayState['methods'] = [
  offer('kaspi_gold', 'Kaspi Gold', 1, 115_200),
  offer('kaspi_red', 'Kaspi Red', 1, 115_200),
  offer('kaspi_credit', 'Кредит', 14, 130_000),
  offer('kaspi_installment_12', 'Рассрочка', 14, 130_000, 12),
]

function offer(
  code: string,
  name: string,
  percent: number,
  price: number,
  months: number | null = null,
): PayState['methods'][number] {
  const monthly = months === null ? null : Math.ceil(price / months)
  return { code, name, months, percent, price, monthly, is_available: true }
}

const PENDING: PayState = {
  transaction_id: SCENE_ID,
  version: 1,
  amount_unit: 'tiyn',
  seller: 'Магазин путешествий',
  description: 'Тур в Дубай на двоих, 24–30 ноября',
  currency: 'KZT',
  status: 'pending',
  status_detail: null,
  cancel_reason: null,
  failure_reason: null,
  late: false,
  amount: 1_000_000,
  original_amount: 1_000_000,
  commission_amount: 0,
  commission_percent: 0,
  paid_amount: 0,
  remaining_amount: 1_000_000,
  credited_amount: 0,
  overpaid_amount: 0,
  refunded_amount: 0,
  refund: null,
  payment_method: null,
  used_method: null,
  queue: null,
  methods: METHODS,
  qr_code: null,
  payment_url: null,
  qr_image_url: null,
  qr_expires_at_utc: null,
  qr_expired: false,
  created_at_utc: '2026-11-24T10:00:00.000Z',
  expires_at_utc: '2026-11-24T11:00:00.000Z',
  paid_at_utc: null,
  now_utc: '2026-11-24T10:30:00.000Z',
}

const CHOSEN: Partial<PayState> = {
  payment_method: 'kaspi_gold',
  amount: 1_010_000,
  commission_amount: 10_000,
  commission_percent: 1,
  remaining_amount: 1_010_000,
}

function processing(detail: string, more: Partial<PayState> = {}): PayState {
  return { ...PENDING, ...CHOSEN, version: 4, status: 'processing', status_detail: detail, ...more }
}

function failed(reason: string): PayState {
  const over = { status: 'failed', failure_reason: reason, qr_expired: true } as const
  return { ...PENDING, ...CHOSEN, ...QR, ...over, version: 6 }
}

const PAID: PayState = {
  ...PENDING,
  ...CHOSEN,
  ...QR,
  version: 7,
  status: 'paid',
  paid_amount: 1_010_000,
  remaining_amount: 0,
  credited_amount: 1_000_000,
  paid_at_utc: '2026-11-24T10:31:00.000Z',
  qr_expired: true,
}

const CANCELLED: PayState = { ...PENDING, version: 3, status: 'cancelled' }

function refund(phase: string): PayState {
  const qr = { ...QR, qr_image_url: `https://pay.example.kz/pay/${SCENE_ID}/refund-qr.svg?v=2` }
  return { ...PAID, version: 9, refund: { amount: 1_010_000, phase, ...qr } }
}

const REST: PayState = {
  ...PENDING,
  version: 8,
  status: 'partially_paid',
  payment_method: 'kaspi_gold',
  used_method: 'kaspi_installment_12',
  amount: 1_125_200,
  commission_amount: 125_200,
  commission_percent: 1,
  paid_amount: 1_010_000,
  credited_amount: 885_965,
  remaining_amount: 115_200,
  methods: REST_METHODS,
}

export interface Scene {
  /** As the page itself calls the screen. */
  readonly screen: string
  /** Null: there is no such payment. */
  readonly state: PayState | null
  /** What a start comes to, of a scene that taps the first method. */
  readonly start?: object
}

export const SCENES: Readonly<Record<string, Scene>> = {
  choose: { screen: 'choose', state: PENDING },
  looking: { screen: 'preparing', state: PENDING, start: { code: 'qr_not_ready' } },
  queue: {
    screen: 'queue',
    state: PENDING,
    start: { code: 'terminals_busy', queue: { position: 2, eta_seconds: 40 } },
  },
  'queue-elsewhere': {
    screen: 'queue',
    state: { ...PENDING, queue: { position: 14, eta_seconds: 320 } },
  },
  refused: { screen: 'refused', state: PENDING, start: { code: 'terminals_unavailable' } },
  preparing: { screen: 'preparing', state: processing('starting') },
  qr: { screen: 'qr', state: processing('waiting_for_scan', QR) },
  'qr-over': {
    screen: 'qr_over',
    state: processing('waiting_for_scan', { ...QR, qr_expired: true }),
  },
  confirm: { screen: 'confirm', state: processing('waiting_for_confirmation', QR) },
  unknown: { screen: 'unknown', state: processing('unknown', QR) },
  paid: { screen: 'paid', state: PAID },
  'paid-too-much': { screen: 'paid', state: { ...PAID, overpaid_amount: 130_000 } },
  refunded: { screen: 'paid', state: { ...PAID, refunded_amount: 1_010_000 } },
  declined: { screen: 'failed', state: failed('declined') },
  'ran-out': { screen: 'failed', state: failed('ran_out') },
  rest: { screen: 'rest', state: REST },
  refund: { screen: 'refund', state: refund('waiting_for_scan') },
  'refund-confirm': { screen: 'refund', state: refund('waiting_for_confirmation') },
  cancelled: { screen: 'cancelled', state: { ...CANCELLED, cancel_reason: 'requested' } },
  expired: { screen: 'cancelled', state: { ...CANCELLED, cancel_reason: 'expired' } },
  'expired-in-part': {
    screen: 'cancelled',
    state: { ...REST, status: 'cancelled', cancel_reason: 'expired' },
  },
  missing: { screen: 'missing', state: null },
}

/** Modules of a fixed drawing: what it holds does not matter, that it looks like a QR does. */
const SIZE = 29
const PICTURE = (() => {
  const rows = Array.from({ length: SIZE }, (_, y) =>
    [...hash('sha512', `${y}`, 'hex')]
      .slice(0, SIZE)
      .map((digit, x) => (Number.parseInt(digit, 16) % 2 === 0 ? '' : `M${x + 4} ${y + 4}h1v1h-1z`))
      .join(''),
  )
  const side = SIZE + 8
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${rows.join('')}"/></svg>`
})()

/** Answers the page's calls as a server in this scene would; the page itself comes from the centre. */
export async function play(context: BrowserContext, scene: Scene): Promise<void> {
  const refusal = (code: string) => ({ success: false, message: '', code })
  await context.route(/\/pay\/[0-9A-F]{32}\/(state|events|start|.*\.svg)/, (route) => {
    // Read at each call: a test may change it.
    const { state, start } = scene
    const { pathname } = new URL(route.request().url())
    if (pathname.endsWith('/events')) return route.abort()
    if (pathname.endsWith('.svg')) {
      return route.fulfill({ contentType: 'image/svg+xml', body: PICTURE })
    }
    if (pathname.endsWith('/start')) {
      return route.fulfill({ status: 503, json: { ...refusal(''), ...start } })
    }
    return state === null
      ? route.fulfill({ status: 404, json: refusal('payment_not_found') })
      : route.fulfill({ json: { success: true, data: state } })
  })
}
