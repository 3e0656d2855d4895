// /api/admin/countries: read by everybody at work, changed by super admins. A country is named by its ISO
// code in the path.

import {
  AddCountryRequest,
  ChangeCountryRequest,
  CountriesAnswer,
  PlaceDoneAnswer,
} from '@byfly-pay/contract'
import {
  addCountry,
  type CountryOutcome,
  changeCountry,
  removeCountry,
} from '../../accounts/change-country.ts'
import type { Country } from '../../ports/place-store.ts'
import { done, send, success } from '../answer.ts'
import { onlyGiven } from '../only-given.ts'
import { Refusal } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { refuseUnshowable } from './showable.ts'

interface WithIso {
  readonly iso: string
}

export const countryRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/countries',
    {
      config: { right: 'any_staff' },
      schema: { response: { 200: CountriesAnswer } },
    },
    async (_request, reply) => {
      const countries = await centre.storage.places.countries()
      const data = countries.map(({ iso, name, dialCode: dial_code, isActive: is_active }) => {
        return { iso, name, dial_code, is_active }
      })
      return send(reply, success<CountriesAnswer>(200, { success: true, data }))
    },
  )
  app.post(
    '/countries',
    {
      config: { right: 'settings.write' },
      schema: {
        body: AddCountryRequest,
        response: { 201: PlaceDoneAnswer },
      },
    },
    async (request, reply) => {
      const { iso, name, dial_code: dialCode, is_active: isActive = true } = request.body
      refuseUnshowable({ name })
      check(await addCountry(centre, staffAt(request), { iso, name, dialCode, isActive }))
      return send(reply, done<PlaceDoneAnswer>('Страна добавлена', 201))
    },
  )
  app.put<{ Params: WithIso; Body: ChangeCountryRequest }>(
    '/countries/:iso',
    {
      config: { right: 'settings.write' },
      schema: {
        body: ChangeCountryRequest,
        response: { 200: PlaceDoneAnswer },
      },
    },
    async (request, reply) => {
      const { name, dial_code: dialCode, is_active: isActive } = request.body
      refuseUnshowable({ name })
      const wanted = onlyGiven<Omit<Country, 'iso'>>({ name, dialCode, isActive })
      check(await changeCountry(centre, staffAt(request), request.params.iso, wanted))
      return send(reply, done<PlaceDoneAnswer>('Страна обновлена'))
    },
  )
  app.delete<{ Params: WithIso }>(
    '/countries/:iso',
    {
      config: { right: 'settings.write' },
      schema: {
        response: { 200: PlaceDoneAnswer },
      },
    },
    async (request, reply) => {
      check(await removeCountry(centre, staffAt(request), request.params.iso))
      return send(reply, done<PlaceDoneAnswer>('Страна удалена'))
    },
  )
}

/** @throws Refusal unless it was done */
function check(outcome: CountryOutcome): void {
  if (outcome.kind === 'done') return
  if (outcome.kind === 'not_found') throw new Refusal('not_found')
  switch (outcome.reason) {
    case 'in_use':
      throw new Refusal('in_use')
    case 'code_taken':
      throw new Refusal('validation', { errors: { iso: 'Is another country already' } })
    case 'name_taken':
      throw new Refusal('validation', { errors: { name: 'Is another country already' } })
  }
}
