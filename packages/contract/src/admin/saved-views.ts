// Views of the list of payments on the wire: names that members of staff give to filters of their own.

import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { line } from './shape.ts'
import { transactionFilters } from './transactions.ts'

const name = line(60, 'Имя', 'Поздние деньги за неделю')
const filters = Type.Object(transactionFilters, {
  additionalProperties: false,
  description: 'Фильтры списка платежей, как в его адресе',
  examples: [{ late: 'true' }],
})

export const SaveViewRequest = Type.Object({ name, filters }, { title: 'SaveViewRequest' })
export type SaveViewRequest = Static<typeof SaveViewRequest>

const SavedViewData = model('SavedView', {
  id: Type.Integer({ description: 'Номер', examples: [5] }),
  name,
  filters,
})
export type SavedViewData = Static<typeof SavedViewData>

export const SavedViewsAnswer = dataAnswer(
  Type.Array(SavedViewData, { description: 'Ваши, по имени' }),
)
export type SavedViewsAnswer = Static<typeof SavedViewsAnswer>

export const ViewSavedAnswer = dataAnswer(SavedViewData)
export type ViewSavedAnswer = Static<typeof ViewSavedAnswer>

export const ViewRemovedAnswer = messageAnswer('Фильтр удален', Type.Null())
export type ViewRemovedAnswer = Static<typeof ViewRemovedAnswer>
