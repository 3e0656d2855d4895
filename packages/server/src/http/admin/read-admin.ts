// From a body that has the right shape to what is said of a member of staff. Countries come as names, as
// documented, or as ISO codes (N9); a name that is not written here reaches nothing (A17).

import type { AddAdminRequest, ChangeAdminRequest } from '@byfly-pay/contract'
import type { Role } from '@byfly-pay/core'
import { type AdminFault, parseStaffPhone } from '../../accounts/admin-terms.ts'
import type { AdminChange } from '../../accounts/change-admin.ts'
import { isoCodesOf } from '../../accounts/places.ts'
import type { Country } from '../../ports/place-store.ts'
import type { NewAdmin } from '../../ports/staff-store.ts'
import { onlyGiven } from '../only-given.ts'
import { type FieldErrors, refuseFaults } from '../refusal.ts'
import { refuseUnshowable } from './showable.ts'

const REQUIRED = 'Field is required'

const DEFAULTS = { countryIso: 'KZ', countries: null, systems: null, sources: [], isActive: true }

export const ADMIN_FAULTS: Readonly<Record<AdminFault, FieldErrors>> = {
  phone_taken: { phone: 'Is another admin’s already' },
  unknown_country: { allowed_countries: 'Must be known countries' },
  unknown_system: { allowed_payment_systems: 'Must be known payment systems' },
  unknown_source: { allowed_source_ids: 'Must be sources that exist' },
}

/** @throws Refusal validation, with every field at fault */
export function readAdminChange(
  body: ChangeAdminRequest,
  countries: readonly Country[],
): AdminChange {
  refuseUnshowable({ name: body.name })
  const faults: Record<string, string> = {}
  const change = onlyGiven<AdminChange>({
    phone: readPhone(body.phone, faults),
    name: body.name,
    role: readRole(body, faults),
    countryIso: readHome(body, countries, faults),
    countries: readCountries(body, countries, faults),
    systems: body.allowed_payment_systems,
    sources: body.allowed_source_ids,
    isActive: body.is_active,
  })
  refuseFaults(faults)
  return change
}

/** @throws Refusal validation, with every field at fault */
export function readNewAdmin(body: AddAdminRequest, countries: readonly Country[]): NewAdmin {
  const { role, phone, ...said } = readAdminChange(body, countries)
  const missing: Record<string, string> = {}
  if (role === undefined) missing['role'] = REQUIRED
  // What somebody may see is said, never guessed; a super admin ignores both lists (N9).
  if (role !== 'super_admin') {
    if (said.countries === undefined) missing['allowed_countries'] = REQUIRED
    if (said.systems === undefined) missing['allowed_payment_systems'] = REQUIRED
  }
  refuseFaults(missing)
  if (role === undefined || phone === undefined) throw new Error('Поле прошло проверку и пропало')
  return { ...DEFAULTS, ...said, name: body.name, phone, role }
}

type Faults = Record<string, string>

function readPhone(text: string | undefined, faults: Faults): string | undefined {
  if (text === undefined) return undefined
  const phone = parseStaffPhone(text)
  if (phone === null) faults['phone'] = 'Must be a phone number'
  return phone ?? undefined
}

function readRole(body: ChangeAdminRequest, faults: Faults): Role | undefined {
  const { role, is_super_admin: isSuper } = body
  if (isSuper === undefined) return role
  if (role === undefined && isSuper) return 'super_admin'
  if (role === undefined) faults['role'] = 'Field is required'
  else if (isSuper !== (role === 'super_admin')) faults['is_super_admin'] = 'Contradicts role'
  return role
}

function readHome(
  { country_iso: code, country_name: name }: ChangeAdminRequest,
  countries: readonly Country[],
  faults: Faults,
): string | undefined {
  const words = [code, name].filter((word) => word !== undefined)
  const isoCodes = isoCodesOf(words, countries)
  if (isoCodes === null) faults['country_iso'] = 'Must be a known country'
  else if (isoCodes.length > 1) faults['country_iso'] = 'Contradicts country_name'
  return isoCodes?.[0]
}

function readCountries(
  body: ChangeAdminRequest,
  countries: readonly Country[],
  faults: Faults,
): readonly string[] | null | undefined {
  const { allowed_countries: names, allowed_country_codes: codes } = body
  const read = (words: readonly string[] | null | undefined, field: string) => {
    if (words === null || words === undefined) return words
    const isoCodes = isoCodesOf(words, countries)
    if (isoCodes === null) faults[field] = 'Must be known countries'
    return isoCodes?.sort() ?? undefined
  }
  const byName = read(names, 'allowed_countries')
  const byCode = read(codes, 'allowed_country_codes')
  if (byName === undefined) return byCode
  if (byCode !== undefined && JSON.stringify(byName) !== JSON.stringify(byCode)) {
    faults['allowed_country_codes'] = 'Contradicts allowed_countries'
  }
  return byName
}
