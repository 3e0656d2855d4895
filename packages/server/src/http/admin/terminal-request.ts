// Requests about terminals, read into the middle's words, and its refusals into words for a field
// (T3).

import type { TerminalChangeRequest } from '@byfly-pay/contract'
import { Type } from 'typebox'
import type { EntryFault, EntryFaults, TerminalEntry } from '../../terminals/terminal-entry.ts'
import { type FieldErrors, Refusal } from '../refusal.ts'

export const ofTerminal = Type.Object({ id: Type.String() })

/** @throws Refusal terminal_not_found for a text that is no number of a terminal */
export function terminalIdOf(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Refusal('terminal_not_found')
  return Number(text)
}

export function terminalEntryOf(body: TerminalChangeRequest): TerminalEntry {
  return {
    name: body.name?.trim(),
    countryIso: body.country_iso,
    ipAddress: body.ip_address,
    port: body.port,
    cameraId: body.camera_id,
    cameraUrl: body.camera_url,
    tls: body.tls,
    apiVersion: body.api_version,
    ownCheque: body.own_cheque,
    isActive: body.is_active,
    reservedSources: body.reserved_sources,
    reservedCountry: body.reserved_country,
  }
}

const CONNECTING = ['ip_address', 'port', 'camera_id', 'camera_url', 'tls'] as const

/** Whether the centre would call elsewhere after it, or trust somebody else there (A8). */
export function saysWhereToConnect(body: TerminalChangeRequest): boolean {
  return CONNECTING.some((field) => body[field] !== undefined)
}

const WHAT_IS_WRONG: Readonly<Record<EntryFault, string>> = {
  not_an_address: 'Is not the address of one device',
  other_port: 'Is not the port named in ip_address',
  forbidden_address: 'Is outside the networks where devices are allowed',
  no_camera_base: 'Needs camera_url, since no base of cameras is configured',
  unknown: 'Is not known here',
}

export function entryErrors(faults: EntryFaults): FieldErrors {
  return Object.fromEntries(
    Object.entries(faults).map(([field, fault]) => [field, WHAT_IS_WRONG[fault]]),
  )
}
