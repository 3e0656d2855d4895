// An admin as the API tells it: countries by their names, as documented, with their ISO codes beside (N9).

import type { AdminData } from '@byfly-pay/contract'
import { utcTime } from '@byfly-pay/core'
import type { Country } from '../../ports/place-store.ts'
import type { Admin } from '../../ports/staff-store.ts'

export function showAdmin(admin: Admin, countries: readonly Country[]): AdminData {
  const home = countries.find(({ iso }) => iso === admin.countryIso)
  return {
    id: admin.id,
    phone: admin.phone,
    name: admin.name,
    country_code: home?.dialCode ?? '',
    country_name: home?.name ?? admin.countryIso,
    is_super_admin: admin.role === 'super_admin',
    allowed_countries: admin.countries === null ? null : namesOf(admin.countries, countries),
    allowed_payment_systems: listOrNull(admin.systems),
    country_iso: admin.countryIso,
    allowed_country_codes: listOrNull(admin.countries),
    role: admin.role,
    allowed_source_ids: [...admin.sources],
    is_active: admin.isActive,
    created_at_utc: utcTime(admin.createdAtMs),
  }
}

function namesOf(isoCodes: readonly string[], countries: readonly Country[]): string[] {
  return isoCodes.map((code) => countries.find(({ iso }) => iso === code)?.name ?? code)
}

function listOrNull(list: readonly string[] | null): string[] | null {
  return list === null ? null : [...list]
}
