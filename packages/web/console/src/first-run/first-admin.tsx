// The first super admin: a phone, proved by the code that the gateway has just been seen to take.

import type { FirstAdminAnswer, SmsTestAnswer } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Input } from 'antd'
import { useState } from 'react'
import { CallError, write } from '../api/call.ts'
import { ME, SETUP } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { router } from '../router.tsx'
import { useWords } from '../words/language.tsx'
import { SmsTrial } from './sms-trial.tsx'

interface Person {
  readonly name: string
  readonly phone: string
}

export function FirstAdmin({ setupCode }: { readonly setupCode: string }) {
  const [person, setPerson] = useState<Person | null>(null)
  const sending = useMutation({
    mutationFn: ({ phone }: Person) =>
      write<SmsTestAnswer>('POST', '/api/setup/send-code', { setup_code: setupCode, phone }),
    onSuccess: ({ outcome }, sentTo) => {
      // One that may have gone out may arrive.
      if (outcome === 'accepted' || outcome === 'unknown') setPerson(sentTo)
    },
  })
  return (
    <Flex vertical gap={12}>
      {sending.data === undefined ? null : <SmsTrial tried={sending.data} ofCode />}
      {person === null ? (
        <PersonForm
          error={sending.error}
          isSending={sending.isPending}
          onSend={(given) => sending.mutate(given)}
        />
      ) : (
        <CodeForm
          setupCode={setupCode}
          person={person}
          onOther={() => {
            sending.reset()
            setPerson(null)
          }}
        />
      )}
    </Flex>
  )
}

interface PersonProps {
  readonly error: unknown
  readonly isSending: boolean
  readonly onSend: (person: Person) => void
}

function PersonForm({ error, isSending, onSend }: PersonProps) {
  const { firstRun, form } = useWords()
  const words = firstRun.welcome
  const required = [{ required: true, whitespace: true, message: form.required }]
  return (
    <Form<Person> layout="vertical" requiredMark={false} onFinish={onSend}>
      <Form.Item name="name" label={words.name} rules={required}>
        <Input autoFocus autoComplete="name" maxLength={200} size="large" />
      </Form.Item>
      <Form.Item name="phone" label={words.phone} rules={required}>
        <Input
          type="tel"
          autoComplete="tel"
          maxLength={40}
          size="large"
          placeholder="+7 700 123-45-67"
        />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={error} />
        <Button type="primary" htmlType="submit" size="large" block loading={isSending}>
          {words.sendCode}
        </Button>
      </Flex>
    </Form>
  )
}

interface CodeProps {
  readonly setupCode: string
  readonly person: Person
  readonly onOther: () => void
}

function CodeForm({ setupCode, person, onOther }: CodeProps) {
  const { firstRun, form } = useWords()
  const words = firstRun.welcome
  const client = useQueryClient()
  const entering = useMutation({
    mutationFn: (code: string) =>
      write<FirstAdminAnswer>('POST', '/api/setup/admin', {
        setup_code: setupCode,
        ...person,
        code,
        session: 'cookie',
      }),
    onSuccess: async () => {
      await router.navigate({ to: '/first-run', replace: true })
      await client.invalidateQueries({ queryKey: ME })
    },
    onError: async (error) => {
      // Somebody else was first: from now on one logs in.
      if (error instanceof CallError && error.code === 'setup_closed') {
        await client.invalidateQueries({ queryKey: SETUP })
      }
    },
  })
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => entering.mutate(code)}
    >
      <Form.Item
        name="code"
        label={words.smsCode}
        rules={[{ required: true, message: form.required }]}
      >
        <Input
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          size="large"
        />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={entering.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={entering.isPending}>
          {words.enter}
        </Button>
        <Button type="link" onClick={onOther}>
          {words.otherPhone}
        </Button>
      </Flex>
    </Form>
  )
}
