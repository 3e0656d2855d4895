// The wires between the centre and its terminals and cameras, where the driver's own transport stands else.
// They lose, delay and spoil what is sent; what they tell of it is no more than a real wire would.

import type { ConnectionLook } from '../../../packages/server/src/ports/provider.ts'
import type {
  Cameras,
  ScreenLook,
} from '../../../packages/server/src/providers/camera/look-at-screen.ts'
import type {
  CallResult,
  DeviceCall,
  Transport,
} from '../../../packages/server/src/providers/transport.ts'
import type { Chance } from '../time/chance.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'
import type { Terminal } from './terminal.ts'

export const WIRE_FAULTS = [
  /** No connection is made. */
  'refused',
  /** Sent, never heard. */
  'request_lost',
  /** Heard and done; the answer never comes. */
  'answer_lost',
  /** Heard only when nobody waits for the answer any more. */
  'heard_late',
  /** Done, and then the connection breaks. */
  'reset',
  /** Done, and half of the answer arrives. */
  'half_answer',
  /** Done, and code 105 is answered, which proves nothing. */
  'error_105',
  /** Not done, and code 105 is answered. */
  'error_105_idle',
  /** Done; the answer takes nearly as long as anybody waits. */
  'slow',
  /** The answer is about another process. */
  'other_process',
  /** Somebody else's page. */
  'nonsense',
] as const
export type WireFault = (typeof WIRE_FAULTS)[number]

/** What a fault waits for: a start, of a refund too, or any question about an operation. */
export type WireCall = 'payment' | 'question'

export type CameraMode = 'well' | 'down' | 'garbage'

interface Line {
  readonly terminal: Terminal
  readonly faults: { call: WireCall; fault: WireFault }[]
  camera: CameraMode
  /** So many looks still see the QR of before. */
  staleLooks: number
  isCut: boolean
}

const HANDSHAKE_MS = 5

export class Wires {
  readonly #lines = new Map<number, Line>()
  readonly #time: SimulatedTime
  readonly #chance: Chance

  constructor(terminals: readonly Terminal[], time: SimulatedTime, chance: Chance) {
    this.#time = time
    this.#chance = chance
    for (const terminal of terminals) {
      this.#lines.set(terminal.id, {
        terminal,
        faults: [],
        camera: 'well',
        staleLooks: 0,
        isCut: false,
      })
    }
  }

  line(terminalId: number): Line {
    const line = this.#lines.get(terminalId)
    if (line === undefined) throw new Error(`Нет терминала ${terminalId}`)
    return line
  }

  heal(): void {
    for (const line of this.#lines.values()) {
      line.faults.length = 0
      line.camera = 'well'
      line.staleLooks = 0
      line.isCut = false
      line.terminal.hasInternet = true
      line.terminal.unsureUntilMs = 0
      line.terminal.nextSaleOddity = null
    }
  }

  transport(): Transport {
    return {
      ask: async (call, limitMs, signal) => {
        const result = await this.#call(call, limitMs, signal)
        // A question cannot prove that no connection was made.
        return result.kind === 'not_connected' ? { kind: 'no_answer', cause: result.cause } : result
      },
      sendOnce: (call, limitMs) => this.#call(call, limitMs),
      close: async () => {},
    }
  }

  cameras(): Cameras {
    return {
      look: (cameraUrl) => this.#look(this.line(terminalIn(cameraUrl))),
      show: (cameraUrl) => this.#look(this.line(terminalIn(cameraUrl))),
      close: async () => {},
    }
  }

  /** A connection that is made and closed again; it sends nothing, so no armed fault meets it. */
  async connect({ host }: { readonly host: string }): Promise<ConnectionLook> {
    await this.#time.sleep(HANDSHAKE_MS)
    return this.line(terminalIn(`http://${host}`)).isCut
      ? { kind: 'not_connected', why: 'unreachable' }
      : { kind: 'connected', connectMs: HANDSHAKE_MS, certificate: null }
  }

  async #call(call: DeviceCall, limitMs: number, signal?: AbortSignal): Promise<CallResult> {
    const line = this.line(terminalIn(call.origin))
    const { pathname, searchParams } = new URL(call.path, call.origin)
    const verb = pathname.replace('/v2/', '')
    const fault = takeFault(line, verb === 'payment' || verb === 'refund' ? 'payment' : 'question')
    if (line.isCut || fault === 'refused') {
      await this.#time.sleep(HANDSHAKE_MS, signal)
      return { kind: 'not_connected', why: 'unreachable', cause: 'ECONNREFUSED' }
    }
    const askedAtMs = this.#time.nowMs
    await this.#time.sleep(this.#chance.between(5, 60), signal)
    const hear = () => line.terminal.answer(verb, searchParams, askedAtMs)
    return this.#under(fault, hear, limitMs, signal)
  }

  async #under(
    fault: WireFault | null,
    hear: () => unknown,
    limitMs: number,
    signal?: AbortSignal,
  ): Promise<CallResult> {
    switch (fault) {
      case 'request_lost':
        return this.#silence(limitMs, signal)
      case 'answer_lost':
        hear()
        return this.#silence(limitMs, signal)
      case 'heard_late':
        this.#time.after(limitMs + 4_000, hear)
        return this.#silence(limitMs, signal)
      case 'reset':
        hear()
        return { kind: 'no_answer', cause: 'ECONNRESET' }
      case 'half_answer':
        hear()
        return { kind: 'no_answer', cause: 'UND_ERR_SOCKET' }
      case 'error_105':
        hear()
        return answered({ statusCode: 105, errorText: 'Ошибка выполнения' })
      case 'error_105_idle':
        return answered({ statusCode: 105, errorText: 'Ошибка выполнения' })
      case 'slow': {
        const answer = hear()
        await this.#time.sleep(limitMs - 1_000, signal)
        return answered(answer)
      }
      case 'other_process':
        hear()
        return answered({
          statusCode: 0,
          data: { processId: String(this.#chance.between(10 ** 6, 10 ** 7)), status: 'fail' },
        })
      case 'nonsense':
        hear()
        return { kind: 'answered', httpStatus: 200, body: Buffer.from('<html>Роутер</html>') }
      case 'refused':
      case null:
        return answered(hear())
    }
  }

  async #silence(limitMs: number, signal?: AbortSignal): Promise<CallResult> {
    await this.#time.sleep(limitMs, signal)
    return { kind: 'no_answer', cause: 'TIME_IS_UP' }
  }

  async #look(line: Line): Promise<ScreenLook> {
    await this.#time.sleep(this.#chance.between(20, 200))
    const { terminal } = line
    switch (line.camera) {
      case 'down':
        return { kind: 'failed' }
      case 'garbage':
        return { kind: 'texts', texts: ['https://example.org/menu'] }
      case 'well': {
        const isStale = line.staleLooks > 0 && terminal.lastQr !== null
        if (isStale) line.staleLooks -= 1
        const text = isStale ? terminal.lastQr : terminal.screen
        return text === null ? { kind: 'nothing', hint: null } : { kind: 'texts', texts: [text] }
      }
    }
  }
}

function takeFault(line: Line, call: WireCall): WireFault | null {
  const at = line.faults.findIndex((armed) => armed.call === call)
  return at < 0 ? null : (line.faults.splice(at, 1)[0]?.fault ?? null)
}

function answered(answer: unknown): CallResult {
  return { kind: 'answered', httpStatus: 200, body: Buffer.from(JSON.stringify(answer)) }
}

/** Terminals of the world live at 10.0.0.<number>. */
function terminalIn(url: string): number {
  return Number(new URL(url).hostname.split('.').at(-1))
}
