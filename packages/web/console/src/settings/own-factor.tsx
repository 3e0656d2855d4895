// One's own second factor: whether there is one, the way to it, and the way back, which asks for it once more.

import type { DisableTotpAnswer, SecondFactorAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { read, write } from '../api/call.ts'
import { Enrolment } from '../login/enrolment.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

const FACTOR = ['own-factor'] as const
const APP_CODE = /^\d{6}$/

export function OwnFactor() {
  const factor = useQuery({
    queryKey: FACTOR,
    queryFn: () => read<SecondFactorAnswer>('/api/auth/totp'),
  })
  return <Loaded query={factor}>{(standing) => <Standing standing={standing} />}</Loaded>
}

function Standing({ standing }: { readonly standing: SecondFactorAnswer['data'] }) {
  const words = useWords().own
  const client = useQueryClient()
  const [open, setOpen] = useState<'on' | 'off' | null>(null)
  const afresh = async () => {
    setOpen(null)
    await client.invalidateQueries({ queryKey: FACTOR })
  }
  if (open === 'on') return <Enrolment onDone={() => void afresh()} />
  const { is_obligatory: isObligatory, is_on: isOn, recovery_codes_left: left } = standing
  return (
    <Flex vertical gap={12} align="flex-start">
      <Alert
        type={isOn ? 'success' : 'warning'}
        showIcon
        title={isOn ? words.factorOn : words.factorOff}
        description={isOn ? words.codesLeft(left) : words.factorWhy}
      />
      {open === 'off' ? (
        <TurnOff onDone={() => void afresh()} />
      ) : isOn ? (
        <Button onClick={() => setOpen('off')} disabled={isObligatory}>
          {words.turnOff}
        </Button>
      ) : (
        <Button type="primary" onClick={() => setOpen('on')}>
          {words.turnOn}
        </Button>
      )}
      {isOn && isObligatory ? (
        <Typography.Text type="secondary">{words.obligatory}</Typography.Text>
      ) : null}
    </Flex>
  )
}

function TurnOff({ onDone }: { readonly onDone: () => void }) {
  const all = useWords()
  const words = all.own
  const turning = useMutation({
    mutationFn: (code: string) =>
      write<DisableTotpAnswer>(
        'POST',
        '/api/auth/totp/disable',
        APP_CODE.test(code) ? { totp: code } : { recovery_code: code },
      ),
    onSuccess: onDone,
  })
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => turning.mutate(code.trim())}
    >
      <Form.Item
        name="code"
        label={words.codeToTurnOff}
        rules={[{ required: true, message: all.form.required }]}
      >
        <Input autoComplete="one-time-code" maxLength={40} autoFocus />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={turning.error} ofWrite />
        <Button danger htmlType="submit" loading={turning.isPending}>
          {words.turnOff}
        </Button>
      </Flex>
    </Form>
  )
}
