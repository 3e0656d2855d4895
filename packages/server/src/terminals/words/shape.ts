// What is said of a terminal, its test and its registration, in every language; whole by its types. What a person
// presses on the terminal is named as it stands on its screen.

import type { CheckCause, DeviceCheck, DeviceFinding, SightHint } from '../../ports/provider.ts'
import type { TerminalView } from '../../ports/terminal-store.ts'
import type { ToldRegistration } from '../register-terminal.ts'

/** What is wrong, and what to do about it. */
export interface Trouble {
  readonly message: string
  readonly cure: string
}

export interface TroubleOf<Parts extends readonly unknown[]> {
  readonly message: (...parts: Parts) => string
  readonly cure: string
}

export interface TerminalWords {
  readonly network: {
    readonly connected: (ms: number) => string
    readonly slow: TroubleOf<[ms: number]>
    readonly forbidden: Trouble
    readonly refused: Trouble
  }
  readonly tls: {
    readonly plain: string
    readonly unseen: string
    readonly none: Trouble
    /** Of a fingerprint only how it begins. */
    readonly unchecked: TroubleOf<[print: string]>
    readonly changed: TroubleOf<[print: string]>
    readonly untrusted: Trouble
    readonly right: (tls: TerminalView['tls'], print: string) => string
    /** Follows a sentence; the cure is for an end that is near. */
    readonly until: TroubleOf<[end: string]>
  }
  readonly token: {
    readonly refused: Trouble
    readonly expired: Trouble
    readonly notAsked: string
    readonly none: string
    readonly ranOut: TroubleOf<[end: string]>
    readonly until: (end: string) => string
  }
  readonly device: {
    readonly atWork: string
    readonly well: (ms: number, api: string) => string
    readonly other: Trouble
    readonly noInternet: Trouble
    readonly failing: Trouble
    readonly stranger: Trouble
    readonly noToken: string
    readonly certificate: string
    readonly silent: Trouble
    readonly unreachable: string
  }
  readonly clock: {
    readonly unseen: string
    readonly right: string
    readonly fast: TroubleOf<[minutes: number]>
    readonly slow: TroubleOf<[minutes: number]>
  }
  readonly camera: {
    readonly none: string
    readonly failed: Trouble
    readonly well: string
    readonly codeSeen: string
    /** No cure where nothing has failed. */
    readonly hints: Readonly<
      Record<SightHint, { readonly message: string; readonly cure: string | null }>
    >
  }
  readonly qr: {
    readonly read: string
    readonly foreign: Trouble
    readonly none: string
    readonly cameraSilent: string
  }
  readonly stop: {
    readonly can: string
    readonly cannot: Trouble
    readonly unknown: string
  }
  /** Of a live look: no full stop after a finding, clauses with what separates them. */
  readonly look: {
    readonly findings: Readonly<Record<DeviceFinding, string>>
    readonly uncheckedClause: string
    readonly cameraClause: Readonly<Record<DeviceCheck['camera'], string>>
    readonly tooSlow: string
    readonly connected: string
    readonly silent: string
    readonly busy: string
    readonly resultUnknown: string
    readonly startLost: string
    readonly foreignOperation: string
    readonly switchedOff: string
    readonly suspended: string
    readonly takenOut: string
  }
  /** Of a connection to the bank's own server. */
  readonly bank: {
    readonly findings: Readonly<Record<DeviceFinding | CheckCause, string>>
    readonly registration: Readonly<Record<ToldRegistration, string>>
  }
  /** No cure when nothing is left to do. */
  readonly registration: Readonly<
    Record<ToldRegistration, { readonly message: string; readonly cure: string | null }>
  >
}
