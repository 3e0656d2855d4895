// Payment systems, few and read whole. They change so seldom that one may do it at a time.

import type { PaymentSystem, PlaceStore } from '../ports/place-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const COLUMNS = 'code, name, currency, step_tiyn'

const ALL: Statement = {
  name: 'payment_systems',
  text: `SELECT ${COLUMNS} FROM payment_systems ORDER BY code`,
}

/** As a foreign key holds its row: a removal has to wait, nothing else. */
const HOLD: Statement = {
  name: 'payment_systems_hold',
  text: `SELECT ${COLUMNS} FROM payment_systems WHERE code = ANY($1) ORDER BY code FOR KEY SHARE`,
}

/** The table against others who would change it, and the rows against those who hold one. */
const LOCK_TABLE: Statement = {
  name: null,
  text: 'LOCK TABLE payment_systems IN SHARE ROW EXCLUSIVE MODE',
}
const LOCK_ROWS: Statement = {
  name: 'payment_systems_lock',
  text: `SELECT ${COLUMNS} FROM payment_systems ORDER BY code FOR UPDATE`,
}

const ADD: Statement = {
  name: 'payment_system_add',
  text: `INSERT INTO payment_systems (${COLUMNS}) VALUES ($1, $2, $3, $4)`,
}

const SAVE: Statement = {
  name: 'payment_system_save',
  text: `
    UPDATE payment_systems SET (name, currency, step_tiyn) = ($2, $3, $4) WHERE code = $1`,
}

const IS_USED: Statement = {
  name: 'payment_system_is_used',
  text: `
    SELECT EXISTS (SELECT FROM terminals WHERE payment_system = $1)
      OR EXISTS (SELECT FROM payment_methods WHERE payment_system = $1)
      OR EXISTS (SELECT FROM admins WHERE $1 = ANY(allowed_payment_systems)) AS yes`,
}

const REMOVE: Statement = {
  name: 'payment_system_remove',
  text: 'DELETE FROM payment_systems WHERE code = $1',
}

interface Row {
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly step_tiyn: bigint
}

type PaymentSystemStore = Pick<
  PlaceStore,
  | 'paymentSystems'
  | 'holdSystems'
  | 'lockSystems'
  | 'addSystem'
  | 'saveSystem'
  | 'isSystemUsed'
  | 'removeSystem'
>

export function paymentSystemStore(session: Session): PaymentSystemStore {
  return {
    async paymentSystems() {
      return (await session.rows<Row>(ALL, [])).map(systemOf)
    },
    async holdSystems(tx, codes) {
      return (await sessionOf(tx).rows<Row>(HOLD, [codes])).map(systemOf)
    },
    async lockSystems(tx) {
      const inside = sessionOf(tx)
      await inside.rows(LOCK_TABLE, [])
      return (await inside.rows<Row>(LOCK_ROWS, [])).map(systemOf)
    },
    async addSystem(tx, { code, name, currency, stepTiyn }) {
      await sessionOf(tx).rows(ADD, [code, name, currency, stepTiyn])
    },
    async saveSystem(tx, { code, name, currency, stepTiyn }) {
      await sessionOf(tx).rows(SAVE, [code, name, currency, stepTiyn])
    },
    async isSystemUsed(tx, code) {
      const [row] = await sessionOf(tx).rows<{ yes: boolean }>(IS_USED, [code])
      return row?.yes === true
    },
    async removeSystem(tx, code) {
      await sessionOf(tx).rows(REMOVE, [code])
    },
  }
}

function systemOf({ step_tiyn: stepTiyn, ...row }: Row): PaymentSystem {
  return { ...row, stepTiyn }
}
