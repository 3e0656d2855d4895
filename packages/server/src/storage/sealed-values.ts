// Every column that holds something sealed, and sealing it anew under another key. A new sealed column
// belongs into this table: a test asks the database for those that are missing.

import type { Vault } from '../ports/centre.ts'
import {
  type Resealed,
  SEALED_KINDS,
  type SealedKind,
  type SealedStore,
} from '../ports/sealed-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

interface Place {
  readonly table: string
  readonly key: string
  readonly keyType: 'integer' | 'boolean' | 'uuid'
  readonly columns: readonly string[]
}

export const SEALED_PLACES: Readonly<Record<SealedKind, Place>> = {
  webhook_secrets: { table: 'source_secrets', key: 'id', keyType: 'integer', columns: ['sealed'] },
  second_factors: { table: 'admin_totp', key: 'admin_id', keyType: 'integer', columns: ['secret'] },
  terminal_tokens: {
    table: 'terminals',
    key: 'id',
    keyType: 'integer',
    columns: ['access_token', 'refresh_token'],
  },
  bank_accounts: {
    table: 'qr_connections',
    key: 'terminal_id',
    keyType: 'integer',
    columns: ['api_key', 'passphrase'],
  },
  camera_logins: { table: 'terminals', key: 'id', keyType: 'integer', columns: ['camera_login'] },
  sms_account: {
    table: 'text_settings',
    key: 'only_row',
    keyType: 'boolean',
    columns: ['sealed'],
  },
  sms_texts: { table: 'texts', key: 'id', keyType: 'uuid', columns: ['sealed_to', 'sealed_text'] },
}

const FORGET_RECOVERY_CODES: Statement = {
  name: 'recovery_codes_forget',
  text: 'DELETE FROM admin_recovery_codes WHERE admin_id = ANY($1::integer[])',
}

interface Row {
  readonly key: string
  readonly sealed: readonly (Buffer | null)[]
}

export function sealedStore(session: Session, vault: Vault): SealedStore {
  return {
    async stale() {
      const counts = await Promise.all(
        SEALED_KINDS.map(async (kind) => {
          const [row] = await session.rows<{ rows: number }>(count(kind), [vault.header])
          return [kind, row?.rows ?? 0] as const
        }),
      )
      return Object.fromEntries(counts) as Record<SealedKind, number>
    },
    reseal: (tx, kind, after, limit) => reseal(sessionOf(tx), vault, kind, after, limit),
  }
}

async function reseal(
  session: Session,
  vault: Vault,
  kind: SealedKind,
  after: string | null,
  limit: number,
): Promise<Resealed> {
  const rows = await session.rows<Row>(batch(kind), [vault.header, after, limit])
  const anew = rows.flatMap((row) => resealed(vault, row) ?? [])
  if (anew.length > 0) {
    const columns = SEALED_PLACES[kind].columns.map((_, at) => anew.map((row) => row.sealed[at]))
    const keys = anew.map((row) => row.key)
    await session.rows(keep(kind), [keys, ...columns])
    if (kind === 'second_factors') await session.rows(FORGET_RECOVERY_CODES, [keys])
  }
  return {
    rows: anew.length,
    unopened: rows.length - anew.length,
    next: rows.length < limit ? null : (rows.at(-1)?.key ?? null),
  }
}

/** Null when no key opens it. */
function resealed(vault: Vault, { key, sealed }: Row): Row | null {
  try {
    return { key, sealed: sealed.map((value) => value && vault.seal(vault.open(value))) }
  } catch {
    return null
  }
}

function count(kind: SealedKind): Statement {
  const { table, columns } = SEALED_PLACES[kind]
  return {
    name: `sealed_count_${kind}`,
    text: `SELECT count(*)::integer AS rows FROM ${table} WHERE ${isStale(columns)}`,
  }
}

/** Locked: nobody else changes a secret between its opening and its sealing. */
function batch(kind: SealedKind): Statement {
  const { table, key, keyType, columns } = SEALED_PLACES[kind]
  return {
    name: `sealed_batch_${kind}`,
    text: `
      SELECT ${key}::text AS key, ARRAY[${columns.join(', ')}] AS sealed FROM ${table}
      WHERE (${isStale(columns)}) AND ($2::${keyType} IS NULL OR ${key} > $2)
      ORDER BY ${table}.${key} LIMIT $3 FOR UPDATE`,
  }
}

function keep(kind: SealedKind): Statement {
  const { table, key, keyType, columns } = SEALED_PLACES[kind]
  const set = columns.map((column) => `${column} = anew.${column}`).join(', ')
  const arrays = columns.map((_, at) => `, $${at + 2}::bytea[]`).join('')
  return {
    name: `sealed_keep_${kind}`,
    text: `
      UPDATE ${table} SET ${set}
      FROM unnest($1::${keyType}[]${arrays}) AS anew(key, ${columns.join(', ')})
      WHERE ${table}.${key} = anew.key`,
  }
}

function isStale(columns: readonly string[]): string {
  return columns.map((column) => `substr(${column}, 1, octet_length($1::bytea)) <> $1`).join(' OR ')
}
