// The tabs of the settings, and whose each is.

import { type Right, useMay } from '../api/me.ts'
import { useWords } from '../words/language.tsx'

export const TABS = [
  'own',
  'methods',
  'qrApi',
  'admins',
  'alerts',
  'sms',
  'places',
  'money',
  'texts',
  'audit',
] as const
export type Tab = (typeof TABS)[number]

/** Null for everybody's. */
const OPENED_BY: Readonly<Record<Tab, Right | null>> = {
  own: null,
  methods: 'methods.read',
  qrApi: 'settings.write',
  admins: 'admins.manage',
  alerts: 'settings.write',
  sms: 'settings.write',
  places: 'settings.write',
  money: 'settings.write',
  texts: 'texts.read',
  audit: 'audit.read',
}

export function useSettingsTabs(): readonly { readonly key: Tab; readonly title: string }[] {
  const words = useWords()
  const may = useMay()
  const titles = { ...words.settings.tab, ...words.own.tab }
  return TABS.filter((tab) => {
    const right = OPENED_BY[tab]
    return right === null || may(right)
  }).map((key) => ({ key, title: titles[key] }))
}
