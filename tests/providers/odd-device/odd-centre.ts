// A whole centre whose terminals are odd devices, each with a camera before its screen, and the
// customers who stand there.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EVERYTHING } from '@byfly-pay/core'
import { registerTerminal } from '../../../packages/server/src/terminals/register-terminal.ts'
import { startTestCentre, type TestCentre, type TestCentreOptions } from '../../support/centre.ts'
import type { Dialect } from './dialect.ts'
import { CENTRE_NAME, CERTIFICATE, type Way } from './enter-device.ts'
import { type OddDevice, openOddDevice } from './odd-device.ts'
import { newProtection, type Protection } from './protection.ts'
import type { Word } from './story.ts'

const ACTING = { actor: { kind: 'system', name: 'test' }, scope: EVERYTHING } as const

export interface OddTerminal {
  readonly id: number
  /** Its place among the options that it was made from. */
  readonly index: number
  readonly device: OddDevice
  readonly protection: Protection | null
  /** Whole tenge of the payment that it was asked for last. */
  readonly askedTenge: number
  /** The customer at the screen: goes on with the story of the payment. */
  tell(...words: Word[]): void
}

export interface OddCentre {
  readonly centre: TestCentre
  /** By the id that the centre gave it. */
  terminal(id: number): OddTerminal
  readonly terminals: readonly OddTerminal[]
  stop(): Promise<void>
}

export interface OddTerminalOptions {
  readonly dialect: Dialect
  readonly way?: Partial<Way>
  readonly camera?: 'json' | 'text'
}

const PLAIN_WAY: Way = { version: 'v2', tls: 'none', isProtected: false }

export async function startOddCentre(
  terminals: readonly OddTerminalOptions[],
  options: TestCentreOptions = {},
): Promise<OddCentre> {
  const centre = await startTestCentre({ ...options, terminals: [{}] })
  await retireSimulated(centre)
  const closers: (() => Promise<void>)[] = [() => centre.stop()]
  const known = new Map<number, OddTerminal>()
  for (const [index, each] of terminals.entries()) {
    const { terminal, close } = await addTerminal(centre, each, index)
    known.set(terminal.id, terminal)
    closers.push(close)
  }
  return {
    centre,
    terminal: (id) => known.get(id) ?? missing(id),
    terminals: [...known.values()],
    stop: async () => {
      for (const close of closers) await close()
    },
  }
}

/** A test centre comes with at least one, which must not take a payment of the odd ones. */
async function retireSimulated({ running }: TestCentre): Promise<void> {
  const { terminals, transaction } = running.centre.storage
  for (const { id } of await terminals.list(EVERYTHING)) {
    await transaction((tx) => terminals.change(tx, id, { isActive: false }))
  }
}

function missing(id: number): never {
  throw new Error(`no odd terminal ${id}`)
}

async function addTerminal(
  centre: TestCentre,
  { dialect, way, camera = 'json' }: OddTerminalOptions,
  index: number,
) {
  const { version, tls, isProtected } = { ...PLAIN_WAY, ...way }
  const protection = isProtected ? newProtection({ dateForm: 'month_name' }) : null
  let askedTenge = 0
  // Thirteen digits, as in the page's example, and another run of them on each device.
  const firstProcess = 1_685_890_000_000 + index * 1_000
  let processCount = 0
  const device = await openOddDevice({
    dialect,
    version,
    ...(tls === 'none' ? {} : { tls: CERTIFICATE }),
    ...(protection === null ? {} : { protection }),
    story: (tenge) => {
      askedTenge = tenge
      processCount += 1
      return {
        processId: String(firstProcess + processCount),
        start: { kind: 'accepted' },
        words: [
          { kind: 'wait', subStatus: 'Initialize' },
          { kind: 'wait', subStatus: 'WaitUser' },
        ],
      }
    },
  })
  const screen = await openCamera(
    camera,
    () => `https://qr.kaspi.kz/${firstProcess + processCount}`,
  )
  const { running } = centre
  const entered = {
    name: `Терминал ${index + 1}`,
    ipAddress: '127.0.0.1',
    scheme: tls === 'none' ? 'http' : 'https',
    host: '127.0.0.1',
    port: device.port,
    tls: tls === 'none' ? 'strict' : tls,
    apiVersion: version,
    cameraId: null,
    cameraUrl: screen.url,
    ownCheque: false,
    system: 'kaspi',
    countryIso: 'KZ',
    reservedSources: null,
    reservedCountry: null,
    isActive: true,
  } as const
  const { terminals, transaction } = running.centre.storage
  const id = await transaction((tx) => terminals.add(tx, entered))
  if (isProtected) {
    const outcome = await registerTerminal(running.centre, ACTING, id, CENTRE_NAME)
    if (outcome !== 'registered') throw new Error(`terminal ${id}: ${outcome}`)
  }
  const terminal: OddTerminal = {
    id,
    index,
    device,
    protection,
    get askedTenge() {
      return askedTenge
    },
    tell: device.tell,
  }
  return {
    terminal,
    close: async () => {
      await device.close()
      await screen.close()
    },
  }
}

/** Shows the QR of the last payment, as a screen does that nobody has wiped (rule 5). */
async function openCamera(form: 'json' | 'text', qrOnScreen: () => string) {
  const server = createServer((_request, response) => {
    if (form === 'text') response.end(`${qrOnScreen()}\n`)
    else response.end(JSON.stringify({ success: true, qrData: qrOnScreen() }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/scan-qr/1`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
