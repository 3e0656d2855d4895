// Connections to Kaspi QR API as a super admin enters them: read whole, refused field by field, written with
// their line of the audit. No secret goes into that line, and none is ever shown again.

import { audited, changes } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type {
  NewQrConnection,
  QrConnectionChange,
  QrConnectionTerms,
  QrConnectionView,
} from '../ports/qr-connection-store.ts'
import { reachTerminal } from './reach-terminal.ts'

/** An address instead of what it is read into. */
type Entered<Fields> = Omit<Fields, 'scheme' | 'host' | 'port'>

export type QrConnectionEntry = Entered<NewQrConnection>
export type QrConnectionEdit = Partial<QrConnectionEntry>

export type ConnectionFault =
  | 'not_an_address'
  | 'forbidden_address'
  /** Only this machine itself may be spoken to without TLS. */
  | 'needs_https'
  | 'unknown_country'
  /** The scheme asks for it. */
  | 'needed'

export type ConnectionFaults = Readonly<Partial<Record<keyof QrConnectionEntry, ConnectionFault>>>

export type KeepOutcome =
  | { readonly kind: 'kept'; readonly id: number }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'faulty'; readonly faults: ConnectionFaults }

const TARGET = 'qr_connection'

export async function addConnection(
  centre: Centre,
  { actor }: Acting,
  entry: QrConnectionEntry,
): Promise<KeepOutcome> {
  const place = await readPlace(centre, entry)
  const faults = { ...place.faults, ...lacking(entry) }
  if (place.address === null || Object.keys(faults).length > 0) return { kind: 'faulty', faults }
  const connection: NewQrConnection = { ...entry, ...place.address }
  const { qrConnections } = centre.storage
  return audited<KeepOutcome>(centre, actor, async (tx) => {
    const id = await qrConnections.add(tx, connection)
    const added = await qrConnections.lock(tx, id)
    const target = { kind: TARGET, id: String(id) }
    const facts = added === null ? {} : factsOf(added)
    return {
      result: { kind: 'kept', id },
      line: { action: 'qr_connection.created', target, facts },
    }
  })
}

export async function changeConnection(
  centre: Centre,
  { actor }: Acting,
  id: number,
  edit: QrConnectionEdit,
): Promise<KeepOutcome> {
  const { qrConnections } = centre.storage
  const known = await qrConnections.find(id)
  if (known === null) return { kind: 'not_found' }
  const place = await readPlace(centre, edit)
  const faults = { ...place.faults, ...lacking(afterwards(known, edit)) }
  if (Object.keys(faults).length > 0) return { kind: 'faulty', faults }
  const change: QrConnectionChange = { ...edit, ...place.address }
  return audited<KeepOutcome>(centre, actor, async (tx) => {
    const before = await qrConnections.lock(tx, id)
    if (before === null) return { result: { kind: 'not_found' }, line: null }
    await qrConnections.change(tx, id, change)
    const after = await qrConnections.lock(tx, id)
    const shown = after === null ? {} : changes(factsOf(before), factsOf(after))
    const facts = { ...shown, ...newSecrets(edit) }
    const target = { kind: TARGET, id: String(id) }
    const line = { action: 'qr_connection.changed', target, facts } as const
    return { result: { kind: 'kept', id }, line: Object.keys(facts).length > 0 ? line : null }
  })
}

const FORGET_MS = 5_000

/** What it carries is asked about to the end. The bank is told afterwards, and need not answer. */
export async function removeConnection(
  centre: Centre,
  { actor }: Acting,
  id: number,
): Promise<boolean> {
  const { qrConnections, terminals } = centre.storage
  const reached = await reachTerminal(centre, id)
  const isRemoved = await audited(centre, actor, async (tx) => {
    const before = await qrConnections.lock(tx, id)
    if (before === null) return { result: false, line: null }
    await terminals.remove(tx, id)
    const target = { kind: TARGET, id: String(id) }
    const facts = { name: before.name, open: before.open }
    return { result: true, line: { action: 'qr_connection.deleted', target, facts } }
  })
  if (isRemoved) await reached?.provider.forget(reached.device, centre.clock.timeout(FORGET_MS))
  return isRemoved
}

type Address = Pick<QrConnectionTerms, 'scheme' | 'host' | 'port'>

interface ReadPlace {
  /** Null where none was named, or it is no address. */
  readonly address: Address | null
  readonly faults: ConnectionFaults
}

const HTTPS_PORT = 443
const OWN_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/

/** Names are looked up: no transaction may be open. */
async function readPlace(
  { addresses, storage }: Centre,
  { address: text, countryIso }: QrConnectionEdit,
): Promise<ReadPlace> {
  const countries = countryIso === undefined ? [] : await storage.places.countries()
  const isKnown = countryIso === undefined || countries.some(({ iso }) => iso === countryIso)
  const faults: ConnectionFaults = isKnown ? {} : { countryIso: 'unknown_country' }
  if (text === undefined) return { address: null, faults }
  const written = /^https?:\/\//i.test(text.trim()) ? text : `https://${text.trim()}`
  const address = addresses.read(written, null, HTTPS_PORT)
  if (address === null) return { address, faults: { ...faults, address: 'not_an_address' } }
  if (address.scheme === 'http' && !OWN_MACHINE.test(address.host)) {
    return { address, faults: { ...faults, address: 'needs_https' } }
  }
  const isAllowed = await addresses.isAllowed(address)
  return { address, faults: isAllowed ? faults : { ...faults, address: 'forbidden_address' } }
}

type Needs = Pick<
  QrConnectionEntry,
  'apiKey' | 'bankScheme' | 'certificateFile' | 'organizationBin'
>

function lacking({ apiKey, bankScheme, certificateFile, organizationBin }: Needs) {
  const faults: { -readonly [Field in keyof ConnectionFaults]: ConnectionFaults[Field] } = {}
  if (bankScheme === 'r1' && apiKey === null) faults.apiKey = 'needed'
  if (bankScheme !== 'r1' && certificateFile === null) faults.certificateFile = 'needed'
  if (bankScheme === 'r3' && organizationBin === null) faults.organizationBin = 'needed'
  return faults
}

/** A secret that stays is there, though nobody can read it here. */
function afterwards(known: QrConnectionView, edit: QrConnectionEdit): Needs {
  const kept = known.hasApiKey ? 'kept' : null
  const { apiKey = kept, bankScheme = known.bankScheme } = edit
  const { certificateFile = known.certificateFile, organizationBin = known.organizationBin } = edit
  return { apiKey, bankScheme, certificateFile, organizationBin }
}

function newSecrets({ apiKey, passphrase }: QrConnectionEdit): Readonly<Record<string, string>> {
  return {
    ...(apiKey === undefined ? {} : { api_key: 'new' }),
    ...(passphrase === undefined ? {} : { passphrase: 'new' }),
  }
}

function factsOf(view: QrConnectionView): Readonly<Record<string, unknown>> {
  return {
    name: view.name,
    country_iso: view.countryIso,
    address: view.address,
    tls: view.tls,
    is_active: view.isActive,
    scheme: view.bankScheme,
    form: view.form,
    certificate_file: view.certificateFile,
    key_file: view.keyFile,
    organization_bin: view.organizationBin,
    trade_point_id: view.tradePointId,
  }
}
