// `byfly admin add | list | block | unblock`: members of staff as an operator enters them, the first super
// admin among them (L3).

import { ROLES, type Role } from '@byfly-pay/core'
import { addAdmin } from '../accounts/add-admin.ts'
import type { AdminFault } from '../accounts/admin-terms.ts'
import { changeAdmin } from '../accounts/change-admin.ts'
import { isoCodesOf } from '../accounts/places.ts'
import type { Country } from '../ports/place-store.ts'
import { operator } from './operator.ts'
import { say, sayTable } from './output.ts'
import {
  CommandError,
  oneOf,
  parseList,
  parseNumber,
  readPhone,
  withCentre,
} from './with-centre.ts'

const LIST_LIMIT = 1_000

const FAULTS: Readonly<Record<AdminFault, string>> = {
  phone_taken: 'Этот телефон уже у другого сотрудника',
  unknown_country: '--countries: такой страны нет',
  unknown_system: '--systems: такой платёжной системы нет',
  unknown_source: '--sources: такого источника нет, список: byfly source list',
}

export interface AddAdminFlags {
  readonly name: string
  readonly role: string
  readonly country: string
  readonly countries?: string
  readonly systems?: string
  readonly sources?: string
}

export function addAdminNow(phoneText: string, flags: AddAdminFlags): Promise<void> {
  const phone = readPhone(phoneText)
  const role = oneOf(ROLES, flags.role, '--role')
  const name = flags.name.trim()
  if (name === '' || name.length > 200) throw new CommandError('--name: от 1 до 200 знаков')
  const sources = parseList(flags.sources ?? '').map((id) => parseNumber(id, '--sources'))
  return withCentre(async (centre) => {
    const countries = await centre.storage.places.countries()
    const [countryIso = ''] = isoCodes([flags.country], countries, '--country')
    const lists = readLists(role, flags, countries)
    const admin = { phone, name, role, countryIso, sources, ...lists }
    const outcome = await addAdmin(centre, operator(), admin)
    if (outcome.kind === 'refused') throw new CommandError(FAULTS[outcome.reason])
    say(`Сотрудник ${outcome.id} добавлен: ${phone}, ${role}. Войти он может по коду из SMS.`)
  })
}

/** A super admin sees everything; for anybody else it is said. */
function readLists(role: Role, flags: AddAdminFlags, countries: readonly Country[]) {
  if (role === 'super_admin') return { countries: null, systems: null }
  if (flags.countries === undefined || flags.systems === undefined) {
    throw new CommandError('Назовите --countries и --systems: список через запятую или all')
  }
  return {
    countries:
      flags.countries === 'all'
        ? null
        : isoCodes(parseList(flags.countries), countries, '--countries'),
    systems: flags.systems === 'all' ? null : parseList(flags.systems),
  }
}

function isoCodes(words: readonly string[], countries: readonly Country[], flag: string): string[] {
  const codes = isoCodesOf(words, countries)
  if (codes === null) {
    throw new CommandError(`${flag}: есть ${countries.map(({ iso }) => iso).join(', ')}`)
  }
  return codes
}

export function listAdmins(): Promise<void> {
  return withCentre(async ({ storage }) => {
    const admins = await storage.staff.admins(0, LIST_LIMIT)
    if (admins.length === 0) {
      return say('Сотрудников ещё нет: byfly admin add +77001234567 --name Имя --role super_admin')
    }
    sayTable(
      ['id', 'телефон', 'имя', 'роль', 'может войти', 'страны', 'системы', 'источники'],
      admins.map(({ id, phone, name, role, isActive, countries, systems, sources }) => [
        String(id),
        phone,
        name,
        role,
        isActive ? 'да' : 'нет',
        listed(countries),
        listed(systems),
        sources.join(',') || '—',
      ]),
    )
  })
}

function listed(codes: readonly string[] | null): string {
  return codes === null ? 'все' : codes.join(',') || 'никакие'
}

export function blockAdmin(idText: string): Promise<void> {
  return setActive(idText, false, 'заблокирован, его сессии закрыты')
}

export function unblockAdmin(idText: string): Promise<void> {
  return setActive(idText, true, 'снова может войти')
}

function setActive(idText: string, isActive: boolean, said: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const outcome = await changeAdmin(centre, operator(), id, { isActive })
    if (outcome.kind === 'not_found') throw new CommandError(`Сотрудника ${id} нет`)
    if (outcome.kind === 'refused') {
      const { reason } = outcome
      throw new CommandError(reason === 'last_super_admin' ? LAST : FAULTS[reason])
    }
    say(`Сотрудник ${id} ${said}.`)
  })
}

const LAST = 'Это последний супер-администратор: сначала назначьте другого'
