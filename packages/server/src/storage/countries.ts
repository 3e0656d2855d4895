// Countries, few and read whole. They change so seldom that one may do it at a time.

import type { Country, PlaceStore } from '../ports/place-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const COLUMNS = 'iso, name, dial_code, is_active'

const ALL: Statement = {
  name: 'countries',
  text: `SELECT ${COLUMNS} FROM countries ORDER BY name`,
}

/** As a foreign key holds its row: a removal has to wait, nothing else. */
const HOLD: Statement = {
  name: 'countries_hold',
  text: `SELECT ${COLUMNS} FROM countries WHERE iso = ANY($1) ORDER BY iso FOR KEY SHARE`,
}

/** The table against others who would change it, and the rows against those who hold one. */
const LOCK_TABLE: Statement = {
  name: null,
  text: 'LOCK TABLE countries IN SHARE ROW EXCLUSIVE MODE',
}
const LOCK_ROWS: Statement = {
  name: 'countries_lock',
  text: `SELECT ${COLUMNS} FROM countries ORDER BY iso FOR UPDATE`,
}

const ADD: Statement = {
  name: 'country_add',
  text: `INSERT INTO countries (${COLUMNS}) VALUES ($1, $2, $3, $4)`,
}

const SAVE: Statement = {
  name: 'country_save',
  text: 'UPDATE countries SET (name, dial_code, is_active) = ($2, $3, $4) WHERE iso = $1',
}

/** A payment keeps the country of its source even when that has moved; they are looked at
 * last. Those of archived months are known to the figures alone. */
const IS_USED: Statement = {
  name: 'country_is_used',
  text: `
    SELECT CASE
      WHEN EXISTS (SELECT FROM sources WHERE country_iso = $1) THEN true
      WHEN EXISTS (SELECT FROM terminals WHERE country_iso = $1) THEN true
      WHEN EXISTS (SELECT FROM payment_methods WHERE country_iso = $1) THEN true
      WHEN EXISTS (SELECT FROM admins WHERE country_iso = $1 OR $1 = ANY(allowed_countries)) THEN true
      WHEN EXISTS (SELECT FROM figure_sums WHERE country_iso = $1) THEN true
      ELSE EXISTS (SELECT FROM payments WHERE country_iso = $1)
    END AS yes`,
}

const REMOVE: Statement = {
  name: 'country_remove',
  text: 'DELETE FROM countries WHERE iso = $1',
}

interface Row {
  readonly iso: string
  readonly name: string
  readonly dial_code: string
  readonly is_active: boolean
}

type CountryStore = Pick<
  PlaceStore,
  | 'countries'
  | 'holdCountries'
  | 'lockCountries'
  | 'addCountry'
  | 'saveCountry'
  | 'isCountryUsed'
  | 'removeCountry'
>

export function countryStore(session: Session): CountryStore {
  return {
    async countries() {
      return (await session.rows<Row>(ALL, [])).map(countryOf)
    },
    async holdCountries(tx, isoCodes) {
      return (await sessionOf(tx).rows<Row>(HOLD, [isoCodes])).map(countryOf)
    },
    async lockCountries(tx) {
      const inside = sessionOf(tx)
      await inside.rows(LOCK_TABLE, [])
      return (await inside.rows<Row>(LOCK_ROWS, [])).map(countryOf)
    },
    async addCountry(tx, { iso, name, dialCode, isActive }) {
      await sessionOf(tx).rows(ADD, [iso, name, dialCode, isActive])
    },
    async saveCountry(tx, { iso, name, dialCode, isActive }) {
      await sessionOf(tx).rows(SAVE, [iso, name, dialCode, isActive])
    },
    async isCountryUsed(tx, iso) {
      const [row] = await sessionOf(tx).rows<{ yes: boolean }>(IS_USED, [iso])
      return row?.yes === true
    },
    async removeCountry(tx, iso) {
      await sessionOf(tx).rows(REMOVE, [iso])
    },
  }
}

function countryOf({ dial_code: dialCode, is_active: isActive, ...row }: Row): Country {
  return { ...row, dialCode, isActive }
}
