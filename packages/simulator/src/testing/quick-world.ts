// A simulator with hasty timing, and the few calls that its tests make as a till and a person would.
// For tests only.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { JournalEntry, OperationRecord, StartCall } from '../journal/journal.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator.ts'
import type { Timing } from '../timing.ts'

const HASTY: Partial<Timing> = {
  initializeMs: 10,
  answerMs: 0,
  customerMs: 5,
  cardMs: 15,
  registerMs: 10,
  resultScreenMs: 30,
  rebootMs: 60,
  frameMs: 5,
}
const UNTIL_TIMEOUT_MS = 3_000

/** What a status says, as far as the tests look; the device may leave any of it out. */
export interface WireData {
  readonly processId: string
  readonly status: string
  readonly subStatus: string
  readonly message: string
  readonly transactionId: string
  readonly addInfo: { readonly ProductType: string; readonly LoanTerm: number }
  readonly chequeInfo: {
    readonly amount: string
    readonly orderNumber: string
    readonly date: string
    readonly type: string
  }
  readonly accessToken: string
  readonly refreshToken: string
  readonly expirationDate: string
  readonly serialNum: string
  readonly terminalId: string
}

/** Answers of terminals and of the control server, as far as the tests look. */
export interface Body {
  readonly statusCode: number
  readonly data: WireData
  readonly success: boolean
  readonly message: string
  readonly reason: string
  readonly qrData: string
  readonly terminal: number
  readonly amount_tenge: number
  readonly entries: readonly JournalEntry[]
  readonly operations: readonly OperationRecord[]
  readonly start_calls: readonly StartCall[]
  readonly active_scans: number
  readonly fingerprint: string
}

export interface HttpAnswer {
  readonly status: number
  readonly body: Body
}

export interface World {
  readonly simulator: Simulator
  /** A call to a terminal: `call(1, 'payment', { amount: '100' })`. */
  call(
    terminal: number,
    name: string,
    query?: Record<string, string>,
    token?: string,
  ): Promise<HttpAnswer>
  /** Any address, for what is not under `/v2/`. */
  get(url: string): Promise<HttpAnswer>
  /** To the control server: POST with a body, GET without. */
  control(path: string, body?: object): Promise<HttpAnswer>
  /** Starts a payment, waits for its QR and returns what is needed to go on. */
  showQr(terminal: number, amount: number): Promise<{ processId: string; qr: string }>
  status(terminal: number, processId: string): Promise<WireData>
  /** Asks the status until it is no longer `wait`. */
  final(terminal: number, processId: string): Promise<WireData>
}

export async function quickWorld(
  context: TestContext,
  options: Partial<SimulatorOptions> = {},
): Promise<World> {
  const timing = { ...HASTY, ...options.timing }
  const simulator = await startSimulator({ terminals: 1, seed: 1, ...options, timing })
  context.after(() => simulator.close())

  const call: World['call'] = (terminal, name, query = {}, token) => {
    const url = `${simulator.terminal(terminal).url}/v2/${name}?${new URLSearchParams(query)}`
    return ask(url, { headers: token === undefined ? {} : { accesstoken: token } })
  }
  const status: World['status'] = async (terminal, processId) => {
    const { body } = await call(terminal, 'status', { processId })
    return body.data
  }
  return {
    simulator,
    call,
    status,
    get: (url) => ask(url, {}),
    control: (path, body) => {
      const post = { method: 'POST', body: JSON.stringify(body) }
      return ask(simulator.url + path, body === undefined ? {} : post)
    },
    showQr: async (terminal, amount) => {
      const { body } = await call(terminal, 'payment', { amount: String(amount) })
      assert.equal(body.data?.status, 'wait', JSON.stringify(body))
      const qr = await until(() => {
        const screen = simulator.terminal(terminal).screen()
        return screen.state === 'qr' ? screen.qr : null
      })
      return { processId: body.data.processId, qr }
    },
    final: (terminal, processId) =>
      until(async () => {
        const data = await status(terminal, processId)
        return data.status === 'wait' ? null : data
      }),
  }
}

export async function until<T>(look: () => T | null | Promise<T | null>): Promise<T> {
  const deadline = Date.now() + UNTIL_TIMEOUT_MS
  for (;;) {
    const seen = await look()
    if (seen !== null) return seen
    assert.ok(Date.now() < deadline, 'what the test waits for did not happen')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function ask(url: string, init: RequestInit): Promise<HttpAnswer> {
  const response = await fetch(url, init)
  const body: Body = JSON.parse(await response.text())
  return { status: response.status, body }
}
