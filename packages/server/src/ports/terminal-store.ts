// Terminals as an operator enters them, how each is reached, and what the centre has learned of it.
// What runs on them, and whose turn it is, is the pool's.

import type { Moment } from '@byfly-pay/core'
import type {
  ApiVersion,
  Device,
  DeviceIdentity,
  DeviceTokens,
  TlsMode,
  Trouble,
} from './provider.ts'

/** What an operator says of a terminal. */
export interface NewTerminal {
  readonly name: string
  /** As it was typed (N6). */
  readonly ipAddress: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly tls: TlsMode
  readonly apiVersion: ApiVersion
  readonly cameraId: number | null
  readonly cameraUrl: string | null
  readonly ownCheque: boolean
}

/** A trouble that only a person ends; an expired token is exchanged by the centre itself. */
export type LastingTrouble = Exclude<Trouble, 'token_expired'>

export interface TerminalRow extends NewTerminal {
  readonly id: number
  readonly isActive: boolean
  readonly fingerprint: string | null
  readonly serial: string | null
  readonly registeredName: string | null
  readonly tokenExpiresAtMs: Moment | null
  readonly trouble: LastingTrouble | null
}

/** Only what is named changes (T5). */
export type TerminalChange = Partial<
  Omit<NewTerminal, 'ipAddress' | 'scheme' | 'host' | 'port'> & { readonly isActive: boolean }
>

/** Whose turn it is to exchange the tokens of a terminal. */
export type RenewalClaim =
  | { readonly kind: 'claimed'; readonly name: string; readonly refreshToken: string }
  /** Somebody else is at it, or it failed a moment ago. */
  | { readonly kind: 'blocked' }
  /** There are other tokens by now. */
  | { readonly kind: 'renewed' }
  /** It was never registered: there is nothing to exchange. */
  | { readonly kind: 'impossible' }

export interface TerminalStore {
  /** How to reach a terminal, with its secrets opened; null when it never was. */
  device(terminalId: number): Promise<Device | null>
  add(terminal: NewTerminal): Promise<number>
  /** Those that are not deleted, in the order they were added. */
  list(): Promise<TerminalRow[]>
  /** @returns false when there is no such terminal. */
  change(terminalId: number, change: TerminalChange): Promise<boolean>

  /** Trusts a certificate where none is trusted yet: of two that are first, one wins. */
  pinFirst(terminalId: number, fingerprint: string): Promise<void>
  /** Trusts this one from now on. The trouble with the former one is over. */
  pin(terminalId: number, fingerprint: string): Promise<void>

  /** A second serial number at one address is another device (protocol, rule 7). */
  noteIdentity(terminalId: number, identity: DeviceIdentity, version: ApiVersion): Promise<void>
  noteStopping(terminalId: number, canStop: boolean): Promise<void>

  /** Keeps it out of the pool and opens a task. @returns whether that is news. */
  noteTrouble(terminalId: number, trouble: LastingTrouble): Promise<boolean>
  endTrouble(terminalId: number): Promise<void>
  troubled(limit: number): Promise<number[]>

  /** For `forMs` nobody else exchanges the tokens that `tokenVersion` counts. */
  claimRenewal(terminalId: number, tokenVersion: number, forMs: number): Promise<RenewalClaim>
  blockRenewal(terminalId: number, forMs: number): Promise<void>
  /** Both tokens in one write, unless there are others than `tokenVersion` counts already. */
  keepRenewed(terminalId: number, tokenVersion: number, tokens: DeviceTokens): Promise<void>
  /** After the tap on the screen: process ids may begin anew (protocol, rule 7). */
  keepRegistered(terminalId: number, name: string, tokens: DeviceTokens): Promise<void>
  /** Terminals whose token lives no longer than `aheadMs`, at most `limit`. */
  dueForRenewal(aheadMs: number, limit: number): Promise<number[]>
}
