// What a person enters of a terminal, read into what is written: addresses as they will be called,
// the camera as it will be asked, each refused where no device may be (N6, A8). It writes nothing.

import { EVERYTHING, isInScope, type Scope } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { ApiVersion, TlsMode } from '../ports/provider.ts'
import type { TerminalChange, TerminalView } from '../ports/terminal-store.ts'
import { shownCameraUrl } from './terminal-facts.ts'

/** Only what was sent (T5); a camera that is null is taken away. */
export interface TerminalEntry {
  readonly name?: string | undefined
  readonly countryIso?: string | undefined
  readonly ipAddress?: string | undefined
  readonly port?: number | undefined
  readonly cameraId?: number | null | undefined
  readonly cameraUrl?: string | null | undefined
  readonly tls?: TlsMode | undefined
  readonly apiVersion?: ApiVersion | undefined
  readonly ownCheque?: boolean | undefined
  readonly isActive?: boolean | undefined
  readonly reservedSources?: readonly number[] | null | undefined
  readonly reservedCountry?: string | null | undefined
}

/** Names of the documented fields. */
export type EntryField =
  | 'ip_address'
  | 'port'
  | 'camera_url'
  | 'camera_id'
  | 'country_iso'
  | 'payment_system'
  | 'reserved_sources'
  | 'reserved_country'

export type EntryFault =
  | 'not_an_address'
  | 'other_port'
  | 'forbidden_address'
  | 'no_camera_base'
  | 'unknown'

export type EntryFaults = Readonly<Partial<Record<EntryField, EntryFault>>>

export interface ReadEntry {
  readonly change: TerminalChange
  /** Empty when all can be written. */
  readonly faults: EntryFaults
}

type Known = Pick<
  TerminalView,
  'id' | 'ipAddress' | 'port' | 'cameraId' | 'cameraUrl' | 'system' | 'reservedSources'
>

/**
 * `known` is the terminal as it stands; null for a new one. Names are looked up: no transaction may
 * be open.
 */
export async function readEntry(
  centre: Centre,
  scope: Scope,
  entry: TerminalEntry,
  known: Known | null,
): Promise<ReadEntry> {
  const { name, tls, apiVersion, ownCheque, isActive } = entry
  const parts = [
    { change: sentOf({ name, tls, apiVersion, ownCheque, isActive }), faults: {} },
    await readAddress(centre, entry, known),
    await readCamera(centre, entry, known),
    await readCountry(centre, scope, entry, known?.system ?? null),
    await readReservation(centre, scope, entry, known),
  ]
  return {
    change: Object.assign({}, ...parts.map(({ change }) => change)),
    faults: Object.assign({}, ...parts.map(({ faults }) => faults)),
  }
}

async function readAddress(
  { addresses }: Centre,
  { ipAddress, port }: TerminalEntry,
  known: Known | null,
): Promise<ReadEntry> {
  const text = ipAddress ?? known?.ipAddress
  if (text === undefined || (ipAddress === undefined && port === undefined)) return NOTHING
  const address = addresses.read(text, port ?? null, known?.port)
  if (address === null) {
    const isPort = port !== undefined && addresses.read(text, null) !== null
    return isPort ? faulty('port', 'other_port') : faulty('ip_address', 'not_an_address')
  }
  if (!(await addresses.isAllowed(address))) return faulty('ip_address', 'forbidden_address')
  return { change: { ...sentOf({ ipAddress }), ...address }, faults: {} }
}

async function readCamera(
  { addresses }: Centre,
  { cameraId, cameraUrl }: TerminalEntry,
  known: Known | null,
): Promise<ReadEntry> {
  const id = sentOf({ cameraId })
  if (cameraUrl === null) return { change: { ...id, cameraUrl }, faults: {} }
  // A form that sends back what it was shown changes nothing, though a password is not shown.
  const isShown = cameraUrl !== undefined && cameraUrl === shownCameraUrl(known?.cameraUrl ?? null)
  if (isShown) return { change: id, faults: {} }
  if (cameraUrl === undefined && (cameraId ?? null) === (known?.cameraId ?? null)) return NOTHING
  if (cameraUrl === undefined && typeof cameraId !== 'number') return { change: id, faults: {} }
  const field = cameraUrl === undefined ? 'camera_id' : 'camera_url'
  const url = cameraUrl ?? addresses.cameraUrl(cameraId ?? 0)
  if (url === null) return faulty(field, 'no_camera_base')
  const address = addresses.readCamera(url)
  if (address === null) return faulty(field, 'not_an_address')
  if (!(await addresses.isAllowed(address))) return faulty(field, 'forbidden_address')
  return { change: { ...id, cameraUrl: url }, faults: {} }
}

/** Nobody moves a terminal to where they could not see it. */
async function readCountry(
  { storage }: Centre,
  scope: Scope,
  { countryIso }: TerminalEntry,
  system: string | null,
): Promise<ReadEntry> {
  if (countryIso === undefined) return NOTHING
  const countries = await storage.places.countries()
  const isKnown = countries.some(({ iso }) => iso === countryIso)
  const isReachable = isInScope(scope, { countryIso, system, sourceId: null })
  if (!isKnown || !isReachable) return faulty('country_iso', 'unknown')
  return { change: { countryIso }, faults: {} }
}

/**
 * A list that names nobody reserves for nobody, so it is none at all. Sources that do not exist for the
 * writer stay on it as they are (L4).
 */
async function readReservation(
  { storage }: Centre,
  scope: Scope,
  { reservedCountry, reservedSources }: TerminalEntry,
  known: Known | null,
): Promise<ReadEntry> {
  if (reservedCountry !== undefined && reservedCountry !== null) {
    const countries = await storage.places.countries()
    if (!countries.some(({ iso }) => iso === reservedCountry)) {
      return faulty('reserved_country', 'unknown')
    }
  }
  if (reservedSources === undefined) return { change: sentOf({ reservedCountry }), faults: {} }
  for (const sourceId of reservedSources ?? []) {
    if ((await storage.sources.find(scope, sourceId)) === null) {
      return faulty('reserved_sources', 'unknown')
    }
  }
  const hidden = known === null ? [] : await hiddenOf(storage, known)
  const list = [...(reservedSources ?? []), ...hidden]
  const change = sentOf({ reservedCountry, reservedSources: list.length === 0 ? null : list })
  return { change, faults: {} }
}

async function hiddenOf(
  { terminals }: Centre['storage'],
  { id, reservedSources: visible }: Known,
): Promise<readonly number[]> {
  const whole = await terminals.view(EVERYTHING, id)
  return (whole?.reservedSources ?? []).filter((sourceId) => visible?.includes(sourceId) !== true)
}

const NOTHING: ReadEntry = { change: {}, faults: {} }

function faulty(field: EntryField, fault: EntryFault): ReadEntry {
  return { change: {}, faults: { [field]: fault } }
}

type Sent<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }

/** Without what was not sent. */
export function sentOf<Fields extends object>(fields: Fields): Sent<Fields> {
  const sent = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(sent) as Sent<Fields>
}
