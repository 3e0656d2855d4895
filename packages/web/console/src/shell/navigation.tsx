// The console's places, by job, and whose they are. What the rights do not open is not shown at all.

import {
  ApiOutlined,
  AuditOutlined,
  ContainerOutlined,
  CreditCardOutlined,
  DesktopOutlined,
  LineChartOutlined,
  PlusCircleOutlined,
  SettingOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Right } from '../api/me.ts'
import type { Words } from '../words/ru.ts'

export type PageName = keyof Words['pages']

export interface Place {
  readonly page: PageName
  readonly path: `/${PageName}`
  /** Any of these opens it. */
  readonly rights: readonly Right[]
  readonly icon: ReactNode
  /** Where on the keyboard its letter is: G and then this goes there. */
  readonly letter?: `Key${string}`
}

export const PLACES: readonly Place[] = [
  {
    page: 'overview',
    path: '/overview',
    rights: ['figures.read'],
    icon: <LineChartOutlined />,
    letter: 'KeyO',
  },
  {
    page: 'cashier',
    path: '/cashier',
    rights: ['payments.create'],
    icon: <PlusCircleOutlined />,
    letter: 'KeyC',
  },
  {
    page: 'payments',
    path: '/payments',
    rights: ['payments.read'],
    icon: <CreditCardOutlined />,
    letter: 'KeyP',
  },
  {
    page: 'terminals',
    path: '/terminals',
    rights: ['terminals.read'],
    icon: <DesktopOutlined />,
    letter: 'KeyT',
  },
  {
    page: 'tasks',
    path: '/tasks',
    rights: ['desks.read'],
    icon: <ContainerOutlined />,
    letter: 'KeyD',
  },
  {
    page: 'reconciliation',
    path: '/reconciliation',
    rights: ['books.reconcile'],
    icon: <AuditOutlined />,
    letter: 'KeyR',
  },
  {
    page: 'sources',
    path: '/sources',
    rights: ['sources.read'],
    icon: <ApiOutlined />,
    letter: 'KeyS',
  },
  {
    page: 'settings',
    path: '/settings',
    rights: ['methods.read', 'admins.manage', 'audit.read'],
    icon: <SettingOutlined />,
    letter: 'KeyN',
  },
]

export function placesFor(rights: readonly Right[]): readonly Place[] {
  return PLACES.filter((place) => place.rights.some((right) => rights.includes(right)))
}
