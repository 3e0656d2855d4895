// The settings, a tab for each that one may see.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Flex } from 'antd'
import type { ReactNode } from 'react'
import { SmsStep } from '../first-run/sms-step.tsx'
import { Page } from '../parts/page.tsx'
import { Sections } from '../parts/sections.tsx'
import { useWords } from '../words/language.tsx'
import { Admins } from './admins.tsx'
import { Alerts } from './alerts.tsx'
import { Audit } from './audit.tsx'
import { Methods } from './methods.tsx'
import { Own } from './own.tsx'
import { Places } from './places.tsx'
import { QrConnections } from './qr-connections.tsx'
import { type Tab, useSettingsTabs } from './tabs.ts'
import { TakingMoney } from './taking-money.tsx'
import { Texts } from './texts.tsx'

const CONTENT: Readonly<Record<Tab, ReactNode>> = {
  own: <Own />,
  methods: <Methods />,
  qrApi: <QrConnections />,
  admins: <Admins />,
  alerts: <Alerts />,
  sms: <SmsStep />,
  places: <Places />,
  money: <TakingMoney />,
  texts: <Texts />,
  audit: <Audit />,
}

export function SettingsPage() {
  const words = useWords()
  const navigate = useNavigate()
  const { tab } = useSearch({ from: '/settings' })
  const tabs = useSettingsTabs()
  const here = tabs.find(({ key }) => key === tab) ?? tabs[0]
  return (
    <Page title={words.pages.settings}>
      {here === undefined ? null : (
        <div className="beside-sections">
          <Sections
            isTall
            here={here.key}
            sections={tabs}
            onGo={(key) => void navigate({ to: '/settings', search: { tab: key } })}
          />
          <Flex vertical gap={16}>
            {CONTENT[here.key]}
          </Flex>
        </div>
      )}
    </Page>
  )
}
