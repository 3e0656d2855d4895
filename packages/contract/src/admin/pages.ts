// Lists that are walked by ids: a page, and where the next one begins (T4).

import { type Static, Type } from 'typebox'
import { LIMIT, WHOLE_NUMBER } from './audit.ts'

export const PageQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 1000' }),
  ),
  after_id: Type.Optional(
    Type.String({ pattern: WHOLE_NUMBER, description: 'Только строки с номером больше этого' }),
  ),
})
export type PageQuery = Static<typeof PageQuery>
