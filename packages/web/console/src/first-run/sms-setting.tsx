// Who sends SMS: what the gateway says of the account, and a form for another one. A password that was kept is
// never shown again.

import type { SmsAccountRequest, SmsCheck } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Flex } from 'antd'
import { useState } from 'react'
import { useWords } from '../words/language.tsx'
import { Advice } from './advice.tsx'
import { SmsForm } from './sms-form.tsx'

interface Props {
  readonly check: SmsCheck
  readonly save: (account: SmsAccountRequest) => Promise<SmsCheck>
  /** Where there is a next step. */
  readonly onGoOn?: () => void
}

export function SmsSetting({ check: known, save, onGoOn }: Props) {
  const { act, firstRun } = useWords()
  const words = firstRun.sms
  const saving = useMutation({ mutationFn: save })
  const [isChanging, setChanging] = useState(false)
  const check = saving.data ?? known
  const isWell = check.fault === null
  const isNone = check.provider === 'none'
  const form = (
    <SmsForm
      error={saving.error}
      isSaving={saving.isPending}
      onSave={(account) => saving.mutate(account, { onSuccess: () => setChanging(false) })}
    />
  )
  if (isNone) return form
  return (
    <Flex vertical gap={16}>
      <Standing check={check} isNew={saving.data !== undefined} />
      {isChanging ? form : null}
      <Flex gap={8} wrap>
        {onGoOn === undefined ? null : (
          <Button type={isWell ? 'primary' : 'default'} onClick={onGoOn}>
            {isWell ? act.next : words.anyway}
          </Button>
        )}
        {check.is_fixed || isChanging ? null : (
          <Button type={isWell ? 'default' : 'primary'} onClick={() => setChanging(true)}>
            {words.change}
          </Button>
        )}
      </Flex>
    </Flex>
  )
}

function Standing({ check, isNew }: { readonly check: SmsCheck; readonly isNew: boolean }) {
  const words = useWords().firstRun.sms
  const { balance, currency, fault, is_fixed: isFixed, provider } = check
  const sends = words.sends(words.byProvider[provider])
  if (fault !== null) {
    const title = isNew ? words.notChecked : sends
    return <Alert type="warning" showIcon title={title} description={<Advice of={check} />} />
  }
  const lines = [
    balance === null ? null : words.balance([balance, currency].filter(Boolean).join(' ')),
    isFixed ? words.fixed : null,
  ].filter((line) => line !== null)
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={sends}
      description={lines.length === 0 ? undefined : lines.join('. ')}
    />
  )
}
