// Where things belong, put together: countries and payment systems.

import type { PlaceStore } from '../ports/place-store.ts'
import { countryStore } from './countries.ts'
import { paymentSystemStore } from './payment-systems.ts'
import type { Session } from './session.ts'

export function placeStore(session: Session): PlaceStore {
  return { ...countryStore(session), ...paymentSystemStore(session) }
}
