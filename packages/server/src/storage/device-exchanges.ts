// The log of what was said to devices. It is written in batches beside the work, by whoever collects it.

import { utcTime } from '@byfly-pay/core'
import type {
  ExchangeCall,
  ExchangeLine,
  ExchangeStore,
  MoreOfSame,
  NewExchange,
} from '../ports/exchange-store.ts'
import type { Session, Statement } from './session.ts'

/** Ids are drawn before the rows are written, so that they are told in the order of what was handed in. */
const ADD: Statement = {
  name: 'device_exchanges_add',
  text: `
    WITH fresh AS MATERIALIZED (
      SELECT new_id() AS id, x.*
      FROM ROWS FROM (jsonb_to_recordset($1) AS (payment_id uuid, attempt_id uuid,
        terminal_id integer, call text, started_at timestamptz, took_ms integer,
        http_status integer, outcome text, said text, repeats integer, last_at timestamptz))
        WITH ORDINALITY AS x (payment_id, attempt_id, terminal_id, call, started_at, took_ms,
          http_status, outcome, said, repeats, last_at, place)
    ),
    written AS (
      INSERT INTO device_exchanges (id, payment_id, attempt_id, terminal_id, call, started_at,
        took_ms, http_status, outcome, said, repeats, last_at)
      SELECT id, payment_id, attempt_id, terminal_id, call, started_at, took_ms, http_status,
        outcome, said::jsonb, repeats, last_at
      FROM fresh ORDER BY place
    )
    SELECT id FROM fresh ORDER BY place`,
}

const COUNT_MORE: Statement = {
  name: 'device_exchanges_count_more',
  text: `
    UPDATE device_exchanges e SET repeats = e.repeats + more.repeats, last_at = more.last_at
    FROM jsonb_to_recordset($1) AS more (id uuid, repeats integer, last_at timestamptz)
    WHERE e.id = more.id`,
}

/** Lines of one batch have ids of one millisecond, so it is their beginnings that order them. */
const OF_PAYMENT: Statement = {
  name: 'device_exchanges_of_payment',
  text: `
    SELECT id, payment_id, attempt_id, terminal_id, call, started_at, took_ms, http_status, outcome,
      said::text AS said, repeats, last_at
    FROM (
      SELECT * FROM device_exchanges WHERE payment_id = $1 ORDER BY id DESC LIMIT $2
    ) AS latest
    ORDER BY started_at, call <> 'start', id`,
}

interface Row {
  readonly id: string
  readonly payment_id: string
  readonly attempt_id: string
  readonly terminal_id: number
  readonly call: ExchangeCall
  readonly started_at: number
  readonly took_ms: number
  readonly http_status: number | null
  readonly outcome: string
  readonly said: string | null
  readonly repeats: number
  readonly last_at: number
}

export function exchangeStore(session: Session): ExchangeStore {
  return {
    async keep(fresh, more) {
      if (more.length > 0) await session.rows(COUNT_MORE, [JSON.stringify(more.map(moreColumns))])
      if (fresh.length === 0) return []
      const rows = await session.rows<{ id: string }>(ADD, [JSON.stringify(fresh.map(columns))])
      return rows.map(({ id }) => id)
    },
    async ofPayment(paymentId, limit) {
      const rows = await session.rows<Row>(OF_PAYMENT, [paymentId, limit])
      return rows.map(lineOf)
    },
  }
}

function moreColumns({ id, repeats, lastAtMs }: MoreOfSame) {
  return { id, repeats, last_at: utcTime(lastAtMs) }
}

function columns(exchange: NewExchange) {
  return {
    payment_id: exchange.paymentId,
    attempt_id: exchange.attemptId,
    terminal_id: exchange.terminalId,
    call: exchange.call,
    started_at: utcTime(exchange.startedAtMs),
    took_ms: exchange.tookMs,
    http_status: exchange.httpStatus,
    outcome: exchange.outcome,
    said: exchange.said,
    repeats: exchange.repeats,
    last_at: utcTime(exchange.lastAtMs),
  }
}

function lineOf(row: Row): ExchangeLine {
  return {
    id: row.id,
    paymentId: row.payment_id,
    attemptId: row.attempt_id,
    terminalId: row.terminal_id,
    call: row.call,
    startedAtMs: row.started_at,
    tookMs: row.took_ms,
    httpStatus: row.http_status,
    outcome: row.outcome,
    said: row.said,
    repeats: row.repeats,
    lastAtMs: row.last_at,
  }
}
