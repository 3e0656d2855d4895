// What the bank wants to know of its caller, as columns and back. Its secrets are opened here, for the driver
// alone, and go nowhere else.

import type { Vault } from '../ports/centre.ts'
import type { BankAccount, BankForm, BankScheme } from '../ports/provider.ts'

/** Null together where a terminal is none of the bank's own. */
export interface AccountRow {
  readonly bank_scheme: BankScheme | null
  readonly form: BankForm | null
  readonly api_key: Buffer | null
  readonly certificate_file: string | null
  readonly key_file: string | null
  readonly passphrase: Buffer | null
  readonly organization_bin: string | null
  readonly trade_point_id: string | null
}

export function accountOf(row: AccountRow, vault: Vault): BankAccount | null {
  const { bank_scheme: scheme, certificate_file: file, form, trade_point_id: tradePointId } = row
  if (scheme === null || form === null || tradePointId === null) return null
  const open = (sealed: Buffer | null) => (sealed === null ? null : vault.open(sealed))
  return {
    scheme,
    form,
    apiKey: open(row.api_key),
    certificate:
      file === null ? null : { file, keyFile: row.key_file, passphrase: open(row.passphrase) },
    organizationBin: row.organization_bin,
    tradePointId,
  }
}
