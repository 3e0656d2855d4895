// Second factors of staff: the secret of an authenticator app, recovery codes, and who must have one.

import type { Moment } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface SecondFactor {
  readonly secret: string
  /** False while it was only shown: it is asked for at no login yet. */
  readonly isConfirmed: boolean
  /** By the database's clock. */
  readonly nowMs: Moment
}

export interface SecondFactorStanding {
  readonly isOn: boolean
  readonly recoveryCodesLeft: number
  /** For this admin, be it by their own flag or because it is for all. */
  readonly isObligatory: boolean
}

export interface SecondFactorStore {
  standing(adminId: number): Promise<SecondFactorStanding>
  /** Locked to the end of the transaction. */
  lock(tx: Transaction, adminId: number): Promise<SecondFactor | null>
  /** A new secret, not yet confirmed; false when there is a confirmed one. */
  start(tx: Transaction, adminId: number, secret: string): Promise<boolean>
  confirm(
    tx: Transaction,
    adminId: number,
    step: number,
    recoveryHashes: readonly Buffer[],
  ): Promise<void>
  /** False when this step or a later one was taken before: a code opens once. */
  takeStep(tx: Transaction, adminId: number, step: number): Promise<boolean>
  takeRecoveryCode(tx: Transaction, adminId: number, hash: Buffer): Promise<boolean>
  /** With its recovery codes; false when there was none. */
  remove(tx: Transaction, adminId: number): Promise<boolean>

  isForAll(): Promise<boolean>
  /** @returns what it was before */
  setForAll(tx: Transaction, isForAll: boolean): Promise<boolean>
  /** @returns what it was before; null when there is no such admin */
  oblige(tx: Transaction, adminId: number, isObligatory: boolean): Promise<boolean | null>
}
