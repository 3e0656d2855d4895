// What may be said of a member of staff: places, systems and sources that exist, and a phone of their own.

import type { Admin, NewAdmin } from '../ports/staff-store.ts'
import type { Storage } from '../ports/storage.ts'
import type { Transaction } from '../ports/transaction.ts'
import { parsePhone } from './phone.ts'

/** `phone_taken`: another admin logs in by it. */
export type AdminFault = 'phone_taken' | 'unknown_country' | 'unknown_system' | 'unknown_source'

/** Long enough for a code to be sent there; null for anything else. */
export function parseStaffPhone(text: string): string | null {
  const phone = parsePhone(text)
  return phone !== null && /^\+[1-9]\d{6,14}$/.test(phone) ? phone : null
}

/** Within the lock of `lockAdmins`; `before` is null for a new one. */
export async function faultOfAdmin(
  { places, sources, staff }: Pick<Storage, 'places' | 'sources' | 'staff'>,
  tx: Transaction,
  before: Admin | null,
  after: NewAdmin,
): Promise<AdminFault | null> {
  const owner = await staff.adminByPhoneIn(tx, after.phone)
  if (owner !== null && owner.id !== before?.id) return 'phone_taken'
  const countries = [...new Set([after.countryIso, ...(after.countries ?? [])])]
  if ((await places.holdCountries(tx, countries)).length < countries.length) {
    return 'unknown_country'
  }
  const systems = [...new Set(after.systems ?? [])]
  if ((await places.holdSystems(tx, systems)).length < systems.length) return 'unknown_system'
  // One that was listed and has been deleted since may stay there.
  const added = after.sources.filter((id) => before?.sources.includes(id) !== true)
  const known = await sources.known(added)
  return added.every((id) => known.includes(id)) ? null : 'unknown_source'
}
