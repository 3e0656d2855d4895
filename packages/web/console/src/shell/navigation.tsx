// The console's places, by job, and whose they are. What the rights do not open is not shown at all.

import { CreditCardOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Right } from '../api/me.ts'
import type { Words } from '../words/ru.ts'

export type PageName = Extract<keyof Words['pages'], 'payments'>

export interface Place {
  readonly page: PageName
  readonly path: `/${PageName}`
  /** Any of these opens it. */
  readonly rights: readonly Right[]
  readonly icon: ReactNode
}

export const PLACES: readonly Place[] = [
  { page: 'payments', path: '/payments', rights: ['payments.read'], icon: <CreditCardOutlined /> },
]

export function placesFor(rights: readonly Right[]): readonly Place[] {
  return PLACES.filter((place) => place.rights.some((right) => rights.includes(right)))
}
