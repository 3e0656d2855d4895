// Countries come, change, and go while nothing belongs to them. One that is switched off takes in nothing
// new; what belongs to it goes on.

import type { Centre } from '../ports/centre.ts'
import type { Country } from '../ports/place-store.ts'
import { audited, changes } from './audited.ts'
import type { Acting } from './staff.ts'

export type CountryFault = 'code_taken' | 'name_taken' | 'in_use'

export type CountryOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'refused'; readonly reason: CountryFault }

type Keeper = Pick<Centre, 'storage'>

export function addCountry(centre: Keeper, { actor }: Acting, country: Country) {
  const { places } = centre.storage
  return audited<CountryOutcome>(centre, actor, async (tx) => {
    const all = await places.lockCountries(tx)
    if (all.some(({ iso }) => iso === country.iso)) return refused('code_taken')
    if (isNameTaken(country, all)) return refused('name_taken')
    await places.addCountry(tx, country)
    const target = targetOf(country.iso)
    return {
      result: { kind: 'done' },
      line: { action: 'country.created', target, facts: { ...country } },
    }
  })
}

export function changeCountry(
  centre: Keeper,
  { actor }: Acting,
  iso: string,
  wanted: Partial<Omit<Country, 'iso'>>,
) {
  const { places } = centre.storage
  return audited<CountryOutcome>(centre, actor, async (tx) => {
    const all = await places.lockCountries(tx)
    const before = all.find((country) => country.iso === iso)
    if (before === undefined) return { result: { kind: 'not_found' }, line: null }
    const after = { ...before, ...wanted }
    const facts = changes<Country>(before, after)
    if (Object.keys(facts).length === 0) return { result: { kind: 'done' }, line: null }
    if (isNameTaken(after, all)) return refused('name_taken')
    await places.saveCountry(tx, after)
    const target = targetOf(iso)
    return { result: { kind: 'done' }, line: { action: 'country.changed', target, facts } }
  })
}

export function removeCountry(centre: Keeper, { actor }: Acting, iso: string) {
  const { places } = centre.storage
  return audited<CountryOutcome>(centre, actor, async (tx) => {
    const country = (await places.lockCountries(tx)).find((known) => known.iso === iso)
    if (country === undefined) return { result: { kind: 'not_found' }, line: null }
    if (await places.isCountryUsed(tx, iso)) return refused('in_use')
    await places.removeCountry(tx, iso)
    const target = targetOf(iso)
    return {
      result: { kind: 'done' },
      line: { action: 'country.deleted', target, facts: { name: country.name } },
    }
  })
}

function refused(reason: CountryFault) {
  return { result: { kind: 'refused', reason }, line: null } as const
}

function isNameTaken(country: Country, all: readonly Country[]): boolean {
  return all.some(({ iso, name }) => iso !== country.iso && name === country.name)
}

function targetOf(iso: string) {
  return { kind: 'country', id: iso }
}
