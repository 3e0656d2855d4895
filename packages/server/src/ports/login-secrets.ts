// What is secret about logging in, made and compared: codes by SMS, codes of an authenticator app, recovery
// codes. Nothing is kept here.

import type { Moment } from '@byfly-pay/core'

export interface LoginSecrets {
  /** What a phone is known by in the tables of logging in; nobody reads the phone out of it. */
  phoneKey(phone: string): Buffer
  /** Six digits. */
  newCode(): string
  hashOfCode(phone: string, code: string): Buffer
  /** In a time that tells nothing. */
  isCode(hash: Buffer, phone: string, code: string): boolean

  /** 75 bits in three groups of letters and digits, none to be taken for another. */
  newSetupCode(): string
  /** The same for all ways to write it. */
  hashOfSetupCode(code: string): Buffer
  /** In a time that tells nothing. */
  isSetupCode(hash: Buffer, code: string): boolean

  /** Base32, as people type it in. */
  newTotpSecret(): string
  /** `otpauth://…`, as a QR shows it to the app. */
  totpUrl(secret: string, account: string): string
  /** The time step whose code it is, the neighbouring ones included; null when of none. */
  totpStep(secret: string, code: string, atMs: Moment): number | null

  newRecoveryCodes(): readonly string[]
  /** The same for all ways to write it. */
  hashOfRecoveryCode(adminId: number, code: string): Buffer
}
