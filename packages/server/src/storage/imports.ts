// What came over from an earlier centre: keys and ids of before beside those of here, and payments with all
// that belongs to them, a batch in one transaction.

import { utcTime } from '@byfly-pay/core'
import type {
  BroughtOver,
  BroughtTotal,
  FormerIdStore,
  ImportStore,
} from '../ports/import-store.ts'
import { addFormerPayments } from './former-payments.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const KEY_OF: Statement = {
  name: 'former_key',
  text: 'SELECT id FROM former_keys WHERE kind = $1 AND import = $2 AND former_key = $3',
}

const NOTE_KEY: Statement = {
  name: 'former_key_note',
  text: `
    INSERT INTO former_keys (kind, import, former_key, id) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING id`,
}

const ADD_TOKEN: Statement = {
  name: 'former_token_add',
  text: 'INSERT INTO source_tokens (token_hash, source_id) VALUES ($2, $1)',
}

const ADD_TERMINAL: Statement = {
  name: 'former_terminal_add',
  text: `
    INSERT INTO terminals (name, payment_system, country_iso, ip_address, scheme, host, port,
      is_active, deleted_at)
    VALUES ('Терминал прежнего центра', $1, $2, 'former.invalid', 'http', 'former.invalid', 1,
      false, centre_now())
    RETURNING id`,
}

const KNOWN: Statement = {
  name: 'former_known',
  text: `
    SELECT upper(f.former_id) AS key, f.payment_id AS "paymentId", f.import,
      f.source_id AS "sourceId", f.status, p.original_tiyn AS "originalTiyn",
      coalesce(c.gross_tiyn, 0)::bigint AS "paidTiyn"
    FROM former_ids f JOIN payments p ON p.id = f.payment_id
    LEFT JOIN captures c ON c.attempt_id = f.attempt_id
    WHERE upper(f.former_id) = ANY ($1::text[])`,
}

const ENSURE_MONTH: Statement = {
  name: 'former_month',
  text: 'SELECT ensure_partitions($1::date, 1)',
}

/** By the time of their ids, so that one month's lines are not looked for among all others. */
const ADD_STEPS: Statement = {
  name: 'former_steps_add',
  text: `
    WITH steps AS (
      SELECT f.payment_id, s.at, s.what, s.status,
        overlay(uuid7_floor(s.at)::text PLACING
          '7' || substr(md5(f.payment_id::text || s.at::text || s.status), 1, 3)
            || '-8' || substr(md5(f.payment_id::text || s.at::text || s.status), 4, 3)
            || '-' || substr(md5(f.payment_id::text || s.at::text || s.status), 7, 12)
          FROM 15)::uuid AS id
      FROM jsonb_to_recordset($1) AS s (former_id text, what text, status text, at timestamptz)
      JOIN former_ids f ON upper(f.former_id) = upper(s.former_id) AND f.import = $2
    ),
    added AS (
      INSERT INTO payment_history (id, payment_id, version, at, what, status_after)
      SELECT id, payment_id, 0, at, what, status FROM steps
      ON CONFLICT (id) DO NOTHING
      RETURNING 1
    )
    SELECT count(*)::integer AS added FROM added`,
}

const TOTALS_PAGE = 20_000
const NO_ID = '00000000-0000-0000-0000-000000000000'

const TOTALS: Statement = {
  name: 'former_totals',
  text: `
    WITH page AS MATERIALIZED (
      SELECT * FROM former_ids WHERE import = $1 AND payment_id > $2
      ORDER BY payment_id LIMIT ${TOTALS_PAGE}
    )
    SELECT page.source_id AS "sourceId", page.status, count(*)::bigint AS payments,
      sum(p.original_tiyn)::bigint AS "originalTiyn",
      coalesce(sum(paid.tiyn), 0)::bigint AS "paidTiyn", max(page.payment_id::text) AS last
    FROM page JOIN payments p ON p.id = page.payment_id
    LEFT JOIN LATERAL (
      SELECT sum(-s.tiyn) AS tiyn FROM postings s
      WHERE s.payment_id = page.payment_id AND s.attempt_id = page.attempt_id
        AND s.set_kind = 'capture' AND s.account = 'customer'
    ) AS paid ON page.attempt_id IS NOT NULL
    GROUP BY page.source_id, page.status`,
}

export function importStore(session: Session): ImportStore {
  /** Those that were asked for by this process. */
  const months = new Set<string>()
  return {
    async keyOf(kind, name, formerKey) {
      const [row] = await session.rows<{ id: number }>(KEY_OF, [kind, name, formerKey])
      return row?.id ?? null
    },
    async noteKey(tx, kind, name, formerKey, id) {
      return (await sessionOf(tx).rows(NOTE_KEY, [kind, name, formerKey, id])).length > 0
    },
    async addToken(tx, sourceId, tokenHash) {
      await sessionOf(tx).rows(ADD_TOKEN, [sourceId, tokenHash])
    },
    async terminalOfBefore(tx, system, countryIso) {
      const [row] = await sessionOf(tx).rows<{ id: number }>(ADD_TERMINAL, [system, countryIso])
      if (row === undefined) throw new Error('Терминал не записался')
      return row.id
    },
    async known(formerIds) {
      interface Row extends BroughtOver {
        readonly key: string
      }
      const keys = formerIds.map((id) => id.toUpperCase())
      const rows = await session.rows<Row>(KNOWN, [keys])
      return new Map(rows.map(({ key, ...row }) => [key, row]))
    },
    ensureMonths: (moments) => ensureMonths(session, months, moments),
    add: (tx, name, payments) => addFormerPayments(sessionOf(tx), name, payments),
    async addSteps(tx, name, steps) {
      const lines = steps.map((step) => ({
        former_id: step.formerId,
        what: step.what,
        status: step.status,
        at: utcTime(step.atMs),
      }))
      const values = [JSON.stringify(lines), name]
      const [row] = await sessionOf(tx).rows<{ added: number }>(ADD_STEPS, values)
      return row?.added ?? 0
    },
    totals: (name) => totals(session, name),
  }
}

/** Each by itself: of an odd row that is far off there comes one month, and not all until it. */
async function ensureMonths(
  session: Session,
  done: Set<string>,
  moments: readonly number[],
): Promise<void> {
  for (const month of new Set(moments.map((moment) => `${utcTime(moment).slice(0, 7)}-01`))) {
    if (!done.has(month)) await session.rows(ENSURE_MONTH, [month])
    done.add(month)
  }
}

async function totals(session: Session, name: string): Promise<BroughtTotal[]> {
  const sums = new Map<string, BroughtTotal>()
  for (let after: string = NO_ID; ; ) {
    const rows = await session.rows<BroughtTotal & { last: string }>(TOTALS, [name, after])
    if (rows.length === 0) return [...sums.values()]
    for (const { last, ...row } of rows) {
      if (last > after) after = last
      const key = `${row.sourceId} ${row.status}`
      const known = sums.get(key)
      sums.set(key, known === undefined ? row : sumOf(known, row))
    }
  }
}

function sumOf(a: BroughtTotal, b: BroughtTotal): BroughtTotal {
  return {
    ...a,
    payments: a.payments + b.payments,
    originalTiyn: a.originalTiyn + b.originalTiyn,
    paidTiyn: a.paidTiyn + b.paidTiyn,
  }
}

const ARE_ANY: Statement = {
  name: 'former_ids_any',
  text: 'SELECT EXISTS (SELECT FROM former_ids) AS yes',
}

const FIND: Statement = {
  name: 'former_id_find',
  text: `
    SELECT payment_id AS "paymentId", former_id AS "formerId" FROM former_ids
    WHERE upper(former_id) = upper($1)`,
}

export function formerIdStore(session: Session): FormerIdStore {
  return {
    async areAny() {
      const [row] = await session.rows<{ yes: boolean }>(ARE_ANY, [])
      return row?.yes === true
    },
    async find(formerId) {
      const [row] = await session.rows<{ paymentId: string; formerId: string }>(FIND, [formerId])
      return row ?? null
    },
  }
}
