// Everything about alerts: what is told of, when it is kept back, and who hears of it beside the bell.

import type { AlertSettingsAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Flex } from 'antd'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Part } from '../parts/part.tsx'
import { useWords } from '../words/language.tsx'
import { AlertRecipients } from './alert-recipients.tsx'
import { AlertRules } from './alert-rules.tsx'
import { ALERT_SETTINGS } from './alert-settings.ts'
import { AlertTimes } from './alert-times.tsx'

export function Alerts() {
  const words = useWords()
  const settings = useQuery({
    queryKey: ALERT_SETTINGS,
    queryFn: () => read<AlertSettingsAnswer>('/api/admin/alert-settings'),
  })
  return (
    <Loaded query={settings} rows={10}>
      {(data) => (
        <Flex vertical gap={16}>
          <Part title={words.settings.recipients}>
            <AlertRecipients settings={data} />
          </Part>
          <Part title={words.rules.times}>
            <AlertTimes settings={data} />
          </Part>
          <Part title={words.rules.kinds}>
            <AlertRules rules={data.rules} />
          </Part>
        </Flex>
      )}
    </Loaded>
  )
}
