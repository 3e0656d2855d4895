// Sources of an earlier centre. Each comes over once, with the token and the webhook secret that it goes on
// using; of the token only its hash is kept, and neither is ever printed.

import { formerWebhookSecret, newWebhookSecret } from '@byfly-pay/contract'
import { SOURCE_TYPES, type SourceType } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import { faultOfTerms, SOURCE_DEFAULTS } from '../accounts/source-terms.ts'
import { hashToken } from '../accounts/sources.ts'
import type { Source } from '../ports/account-store.ts'
import type { FormerRow } from '../ports/former-books.ts'
import type { SourceTerms } from '../ports/source-store.ts'
import type { ImportRun } from './import-run.ts'
import { columnsOf } from './mapping.ts'
import { type Fields, fieldsOf } from './read-fields.ts'
import { fault, RowFault } from './read-values.ts'

export interface BroughtSources {
  /** By the key that payments call them by. */
  readonly byKey: ReadonlyMap<string, Source>
  readonly brought: number
  readonly refused: number
}

/** More sources than any centre has; they are kept in memory. */
const SOURCES_LIMIT = 10_000
const TOKEN = /^[0-9a-f]{64}$/i

export async function bringSources(run: ImportRun): Promise<BroughtSources> {
  const { books, mapping } = run
  const byKey = new Map<string, Source>()
  let brought = 0
  let refused = 0
  for await (const batch of books.rows(mapping.sources.table, columnsOf(mapping.sources))) {
    for (const row of batch) {
      const outcome = await bringSource(run, row, -1 - byKey.size)
      if (outcome.kind === 'refused') refused += 1
      else byKey.set(outcome.key, outcome.source)
      if (outcome.kind === 'brought') brought += 1
    }
    if (byKey.size > SOURCES_LIMIT) throw new Error(`Источников больше ${SOURCES_LIMIT}`)
  }
  return { byKey, brought, refused }
}

type SourceOutcome =
  | { readonly kind: 'brought' | 'known'; readonly key: string; readonly source: Source }
  | { readonly kind: 'refused' }

async function bringSource(run: ImportRun, row: FormerRow, pretendId: number) {
  const { centre, isDryRun, mapping, note } = run
  const fields = fieldsOf(mapping.sources, row)
  let key = '?'
  try {
    key = fields.needed('key')
    const known = await centre.storage.imports.keyOf('source', mapping.name, key)
    if (known !== null) return { kind: 'known', key, source: await sourceOf(run, known) } as const
    const terms = await termsOf(run, fields, key)
    const tokenHash = tokenHashOf(run, fields)
    const secret = secretOf(run, fields)
    if (isDryRun) return { kind: 'brought', key, source: { ...terms, id: pretendId } } as const
    const id = await write(run, key, terms, tokenHash, secret)
    return { kind: 'brought', key, source: await sourceOf(run, id) } as const
  } catch (error) {
    if (!(error instanceof RowFault)) throw error
    await note({
      table: 'sources',
      key,
      what: 'refused',
      code: error.code,
      detail: error.detail,
    })
    return { kind: 'refused' } satisfies SourceOutcome
  }
}

async function sourceOf({ centre }: ImportRun, id: number): Promise<Source> {
  const source = await centre.storage.accounts.sourceById(id)
  if (source === null) throw new Error(`Источника ${id} нет`)
  return source
}

async function termsOf(run: ImportRun, fields: Fields, key: string): Promise<SourceTerms> {
  const { centre, note } = run
  const wanted = fields.text('webhook_url')
  const isForbidden = wanted !== null && centre.webhooks.refusalOf(wanted) !== null
  if (isForbidden) {
    const line = { table: 'sources', key, what: 'left_out', code: 'webhook_url' } as const
    await note({ ...line, detail: 'адрес недоступен снаружи или не https' })
  }
  return {
    ...SOURCE_DEFAULTS,
    name: fields.needed('name').slice(0, 200),
    type: oneOf<SourceType>(SOURCE_TYPES, fields.text('type') ?? 'other', 'type'),
    description: fields.text('description', 1_000),
    countryIso: fields.text('country') ?? SOURCE_DEFAULTS.countryIso,
    isActive:
      oneOf(
        ['true', 'false', 't', 'f', '1', '0'],
        fields.text('is_active') ?? 'true',
        'is_active',
      ).replace(/^(t|1)$/, 'true') === 'true',
    amountUnit: oneOf(['tenge', 'tiyn'], fields.text('amount_unit') ?? 'tenge', 'amount_unit'),
    defaultWebhookUrl: isForbidden ? null : wanted,
  }
}

function oneOf<Word extends string>(words: readonly Word[], text: string, field: string): Word {
  const word = words.find((known) => known === text)
  if (word === undefined) throw fault('word_unknown', field, text)
  return word
}

/** A source whose token nobody told gets one that nobody knows; a person makes it a new one. */
function tokenHashOf({ centre }: ImportRun, fields: Fields): Buffer {
  const token = fields.text('api_token')
  const hash = fields.text('api_token_sha256')
  if (token !== null) {
    if (!TOKEN.test(token) || token !== token.toLowerCase())
      throw new RowFault('token_unreadable', '')
    return hashToken(token)
  }
  if (hash === null) return hashToken(centre.random.bytes(32).toString('hex'))
  if (!TOKEN.test(hash)) throw new RowFault('token_unreadable', '')
  return Buffer.from(hash, 'hex')
}

const SECRET_CHARACTERS = 1_000

function secretOf({ centre }: ImportRun, fields: Fields): string {
  const secret = fields.text('webhook_secret', SECRET_CHARACTERS)
  return secret === null ? newWebhookSecret(centre.random.bytes(32)) : formerWebhookSecret(secret)
}

function write(
  { acting, centre, mapping }: ImportRun,
  key: string,
  terms: SourceTerms,
  tokenHash: Buffer,
  secret: string,
): Promise<number> {
  const { imports, sources } = centre.storage
  return audited<number>(centre, acting.actor, async (tx) => {
    if ((await sources.ofToken(tx, tokenHash)) !== null) throw new RowFault('token_taken', '')
    const wrong = await faultOfTerms(centre, tx, acting, null, terms)
    if (wrong !== null) throw new RowFault('word_unknown', wrong)
    const id = await sources.add(tx, terms, tokenHash, centre.vault.seal(secret))
    if (!(await imports.noteKey(tx, 'source', mapping.name, key, id))) {
      throw new Error(`Источник «${key}» переносит ещё кто-то: дождитесь конца того переноса`)
    }
    const { amountUnit, countryIso, name, type } = terms
    return {
      result: id,
      line: {
        action: 'source.brought_over',
        target: { kind: 'source', id: String(id) },
        facts: { import: mapping.name, key, name, type, countryIso, amountUnit },
      },
    }
  })
}
