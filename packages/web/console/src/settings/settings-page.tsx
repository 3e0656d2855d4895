// The settings, a tab for each that one may see.

import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Right, useMay } from '../api/me.ts'
import { SmsStep } from '../first-run/sms-step.tsx'
import { Page } from '../parts/page.tsx'
import { Sections } from '../parts/sections.tsx'
import { useWords } from '../words/language.tsx'
import { Admins } from './admins.tsx'
import { AlertRules } from './alert-rules.tsx'
import { Audit } from './audit.tsx'
import { Methods } from './methods.tsx'
import { TakingMoney } from './taking-money.tsx'

export const TABS = ['methods', 'admins', 'alerts', 'sms', 'money', 'audit'] as const
export type Tab = (typeof TABS)[number]

const OPENED_BY: Readonly<Record<Tab, Right>> = {
  methods: 'methods.read',
  admins: 'admins.manage',
  alerts: 'settings.write',
  sms: 'settings.write',
  money: 'settings.write',
  audit: 'audit.read',
}
const CONTENT: Readonly<Record<Tab, ReactNode>> = {
  methods: <Methods />,
  admins: <Admins />,
  alerts: <AlertRules />,
  sms: <SmsStep />,
  money: <TakingMoney />,
  audit: <Audit />,
}

export function SettingsPage() {
  const words = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const { tab } = useSearch({ from: '/settings' })
  const open = TABS.filter((name) => may(OPENED_BY[name]))
  const here = open.find((name) => name === tab) ?? open[0]
  return (
    <Page title={words.pages.settings}>
      {here === undefined ? null : (
        <>
          <Sections
            here={here}
            sections={open.map((key) => ({ key, title: words.settings.tab[key] }))}
            onGo={(key) => void navigate({ to: '/settings', search: { tab: key } })}
          />
          {CONTENT[here]}
        </>
      )}
    </Page>
  )
}
