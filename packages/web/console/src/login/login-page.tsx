// Logging in: a phone, the code of an SMS, and the second factor of whoever has one. The session comes back
// in a cookie; the page never sees a token.

import type { SendCodeAnswer, VerifyAnswer, VerifyRequest } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { CallError, write } from '../api/call.ts'
import { ME } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { Porch } from './porch.tsx'

export function LoginPage() {
  const words = useWords()
  const [phone, setPhone] = useState<string | null>(null)
  return (
    <Porch>
      <Typography.Title level={2} style={{ fontSize: 18, marginTop: 0 }}>
        {words.login.title}
      </Typography.Title>
      {phone === null ? (
        <PhoneStep onSent={setPhone} />
      ) : (
        <CodeStep phone={phone} onOther={() => setPhone(null)} />
      )}
    </Porch>
  )
}

function PhoneStep({ onSent }: { readonly onSent: (phone: string) => void }) {
  const words = useWords()
  const sending = useMutation({
    mutationFn: (phone: string) => write<SendCodeAnswer>('POST', '/api/auth/send-code', { phone }),
    onSuccess: (_answer, phone) => onSent(phone),
  })
  return (
    <Form<{ phone: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ phone }) => sending.mutate(phone)}
    >
      <Form.Item
        name="phone"
        label={words.login.phone}
        rules={[{ required: true, message: words.form.required }]}
      >
        <Input
          type="tel"
          autoComplete="tel"
          autoFocus
          size="large"
          placeholder="+7 777 002-16-66"
        />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={sending.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={sending.isPending}>
          {words.login.sendCode}
        </Button>
      </Flex>
    </Form>
  )
}

type Factor = 'totp' | 'recovery_code'
type Proof = Pick<VerifyRequest, 'code' | 'totp' | 'recovery_code'>

function CodeStep({ phone, onOther }: { readonly phone: string; readonly onOther: () => void }) {
  const words = useWords()
  const client = useQueryClient()
  const [factor, setFactor] = useState<Factor | null>(null)
  const entering = useMutation({
    mutationFn: (proof: Proof) =>
      write<VerifyAnswer>('POST', '/api/auth/verify', { phone, ...proof, session: 'cookie' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ME }),
    onError: (error) => {
      if (error instanceof CallError && error.code === 'second_factor_required') setFactor('totp')
    },
  })
  const isAskingFactor =
    entering.error instanceof CallError && entering.error.code === 'second_factor_required'
  return (
    <Form<Proof>
      layout="vertical"
      requiredMark={false}
      onFinish={(proof) => entering.mutate(proof)}
    >
      <Typography.Paragraph>{words.login.codeSent(phone)}</Typography.Paragraph>
      <Form.Item
        name="code"
        label={words.login.code}
        rules={[{ required: true, message: words.form.required }]}
      >
        <Input
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          size="large"
          autoFocus
        />
      </Form.Item>
      {factor === null ? null : <FactorField factor={factor} onTurn={setFactor} />}
      <Flex vertical gap={12}>
        {isAskingFactor ? null : <Trouble error={entering.error} />}
        <Button type="primary" htmlType="submit" size="large" block loading={entering.isPending}>
          {words.login.logIn}
        </Button>
        <Button type="link" onClick={onOther}>
          {words.login.other}
        </Button>
      </Flex>
    </Form>
  )
}

interface FactorProps {
  readonly factor: Factor
  readonly onTurn: (factor: Factor) => void
}

function FactorField({ factor, onTurn }: FactorProps) {
  const words = useWords()
  const isApp = factor === 'totp'
  return (
    <>
      <Form.Item
        // Another field, not the same one under another name.
        key={factor}
        name={factor}
        label={isApp ? words.login.factor : words.login.recovery}
        rules={[{ required: true, message: words.form.required }]}
        style={{ marginBottom: 0 }}
      >
        <Input
          inputMode={isApp ? 'numeric' : 'text'}
          autoComplete={isApp ? 'one-time-code' : 'off'}
          maxLength={isApp ? 6 : 40}
          size="large"
          autoFocus
        />
      </Form.Item>
      <Button
        type="link"
        style={{ padding: 0, marginBottom: 12 }}
        onClick={() => onTurn(isApp ? 'recovery_code' : 'totp')}
      >
        {isApp ? words.login.useRecovery : words.login.useApp}
      </Button>
    </>
  )
}
