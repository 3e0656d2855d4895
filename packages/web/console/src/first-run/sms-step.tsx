// By whose account SMS go out, for a super admin: in the first run and in the settings alike.

import type {
  SmsAccountRequest,
  SmsAnswer,
  SmsCheck,
  SmsSetUpAnswer,
  SmsTestAnswer,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex } from 'antd'
import { read, write } from '../api/call.ts'
import { useMe } from '../api/me.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { SmsSetting } from './sms-setting.tsx'
import { SmsTrial } from './sms-trial.tsx'
import { FIRST_RUN } from './standing.ts'

const SMS = ['sms'] as const

export function SmsStep() {
  const words = useWords().firstRun.sms
  const me = useMe()
  const client = useQueryClient()
  const standing = useQuery({
    queryKey: SMS,
    queryFn: async () => checkOf(await read<SmsAnswer>('/api/admin/sms')),
  })
  const testing = useMutation({
    mutationFn: () => write<SmsTestAnswer>('POST', '/api/admin/sms/test', { phone: me.phone }),
  })
  const save = async (account: SmsAccountRequest) => {
    const check = await write<SmsSetUpAnswer>('PUT', '/api/admin/sms', account)
    await Promise.all([SMS, FIRST_RUN].map((queryKey) => client.invalidateQueries({ queryKey })))
    return check
  }
  return (
    <div style={{ width: '100%', maxWidth: 520 }}>
      <Loaded query={standing} rows={3}>
        {(check) => (
          <Flex vertical gap={16}>
            <SmsSetting check={check} save={save} />
            {check.provider === 'none' ? null : (
              <Button loading={testing.isPending} onClick={() => testing.mutate()}>
                {words.test}
              </Button>
            )}
            <Trouble error={testing.error} />
            {testing.data === undefined ? null : <SmsTrial tried={testing.data} />}
          </Flex>
        )}
      </Loaded>
    </div>
  )
}

function checkOf(standing: SmsAnswer['data']): SmsCheck {
  const { advice, balance, balance_fault: fault, currency, is_fixed, provider } = standing
  return { provider, is_fixed, balance, currency, fault, advice, provider_word: null }
}
