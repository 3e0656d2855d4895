// Countries and payment systems, few and read whole.

import type { PlaceStore } from '../ports/place-store.ts'
import type { Session, Statement } from './session.ts'

const COUNTRIES: Statement = {
  name: 'countries',
  text: 'SELECT iso, name, dial_code, is_active FROM countries ORDER BY name',
}

const SYSTEMS: Statement = {
  name: 'payment_systems',
  text: 'SELECT code, name, currency, step_tiyn FROM payment_systems ORDER BY code',
}

export function placeStore(session: Session): PlaceStore {
  return {
    async countries() {
      interface Row {
        readonly iso: string
        readonly name: string
        readonly dial_code: string
        readonly is_active: boolean
      }
      const rows = await session.rows<Row>(COUNTRIES, [])
      return rows.map(({ dial_code: dialCode, is_active: isActive, ...row }) => ({
        ...row,
        dialCode,
        isActive,
      }))
    },
    async paymentSystems() {
      interface Row {
        readonly code: string
        readonly name: string
        readonly currency: string
        readonly step_tiyn: bigint
      }
      const rows = await session.rows<Row>(SYSTEMS, [])
      return rows.map(({ step_tiyn: stepTiyn, ...row }) => ({ ...row, stepTiyn }))
    },
  }
}
