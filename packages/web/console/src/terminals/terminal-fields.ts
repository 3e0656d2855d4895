// A terminal as its form holds it, and what of it is to be sent: only what differs, so that a colleague's change
// meanwhile is not undone by a field left alone. Pure.

import type { TerminalChangeRequest, TerminalData } from '@byfly-pay/contract'
import { type CameraFields, cameraChange, cameraFieldsOf } from './camera-address.ts'

export interface TerminalFields extends CameraFields {
  readonly name: string
  readonly address: string
  readonly port: number | null
  readonly country: string
  readonly isActive: boolean
  readonly tls: TerminalData['tls']
  readonly api: TerminalData['api_version']
  readonly ownCheque: boolean
  readonly reservedSources: readonly number[]
  readonly reservedCountry: string | null
}

export function fieldsOf(terminal: TerminalData): TerminalFields {
  return {
    ...cameraFieldsOf(terminal.camera_url),
    name: terminal.name,
    address: terminal.ip_address,
    port: terminal.port,
    country: terminal.country_iso,
    isActive: terminal.is_active,
    tls: terminal.tls,
    api: terminal.api_version,
    ownCheque: terminal.own_cheque,
    reservedSources: terminal.reserved_sources ?? [],
    reservedCountry: terminal.reserved_country,
  }
}

type Own = Exclude<keyof TerminalFields, keyof CameraFields>

export function changeOf(terminal: TerminalData, fields: TerminalFields): TerminalChangeRequest {
  const before = fieldsOf(terminal)
  const { reservedSources: sources } = fields
  const wire: { readonly [Name in Own]: TerminalChangeRequest } = {
    name: { name: fields.name },
    address: { ip_address: fields.address },
    port: fields.port === null ? {} : { port: fields.port },
    country: { country_iso: fields.country },
    isActive: { is_active: fields.isActive },
    tls: { tls: fields.tls },
    api: { api_version: fields.api },
    ownCheque: { own_cheque: fields.ownCheque },
    reservedSources: { reserved_sources: sources.length === 0 ? null : [...sources] },
    reservedCountry: { reserved_country: fields.reservedCountry },
  }
  const differing = (Object.keys(wire) as Own[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(fields[name]),
  )
  const camera = cameraChange(terminal.camera_url, fields)
  return Object.assign(
    camera === undefined ? {} : { camera_url: camera },
    ...differing.map((name) => wire[name]),
  )
}
