// What a gateway said of one SMS, at once and in words.

import type { SmsTried } from '@byfly-pay/contract'
import { Alert } from 'antd'
import { useWords } from '../words/language.tsx'
import { Advice } from './advice.tsx'

interface Props {
  readonly tried: SmsTried
  /** It carried a code that is typed in next. */
  readonly ofCode?: boolean
}

export function SmsTrial({ tried, ofCode = false }: Props) {
  const { sms, welcome } = useWords().firstRun
  const { outcome } = tried
  if (outcome === 'accepted') {
    return (
      <Alert type="success" showIcon role="status" title={ofCode ? welcome.sent : sms.tested} />
    )
  }
  return (
    <Alert
      type={outcome === 'unknown' ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={outcome === 'unknown' ? sms.unknown : sms.failed}
      description={<Advice of={tried} />}
    />
  )
}
