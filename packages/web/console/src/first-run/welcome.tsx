// An empty centre: the setup code, who sends SMS, and the first super admin. The code lives on this page alone
// and goes along with every step.

import type {
  OpenSetupAnswer,
  SmsAccountRequest,
  SmsCheck,
  SmsSetUpAnswer,
} from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Form, Input, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { write } from '../api/call.ts'
import { Porch, WIDE } from '../login/porch.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { Command } from './command.tsx'
import { FirstAdmin } from './first-admin.tsx'
import { SmsSetting } from './sms-setting.tsx'

const STEPS = 3

export function Welcome() {
  const words = useWords().firstRun.welcome
  const [code, setCode] = useState('')
  const [sms, setSms] = useState<SmsCheck | null>(null)
  const [isSmsDone, setSmsDone] = useState(false)
  if (sms === null) {
    return (
      <Step number={1} title={words.codeTitle}>
        <CodeStep
          onOpened={(given, check) => {
            setCode(given)
            setSms(check)
          }}
        />
      </Step>
    )
  }
  const back = (
    <Button type="link" style={{ paddingInline: 0 }} onClick={() => setSms(null)}>
      {words.back}
    </Button>
  )
  if (isSmsDone) {
    return (
      <Step number={3} title={words.adminTitle}>
        <Typography.Paragraph>{words.adminText}</Typography.Paragraph>
        <FirstAdmin setupCode={code} />
        {back}
      </Step>
    )
  }
  return (
    <Step number={2} title={words.smsTitle}>
      <Typography.Paragraph>{words.smsText}</Typography.Paragraph>
      <SmsSetting
        check={sms}
        save={async (account: SmsAccountRequest) => {
          const body = { setup_code: code, ...account }
          const check = await write<SmsSetUpAnswer>('PUT', '/api/setup/sms', body)
          setSms(check)
          return check
        }}
        onGoOn={() => setSmsDone(true)}
      />
      {sms.provider === 'none' ? <NoGateway /> : null}
      {back}
    </Step>
  )
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly children: ReactNode
}

function Step({ number, title, children }: StepProps) {
  const words = useWords().firstRun.welcome
  return (
    <Porch width={WIDE}>
      <Typography.Text type="secondary">{words.stepOf(number, STEPS)}</Typography.Text>
      <Typography.Title level={2} style={{ fontSize: 18, marginTop: 4 }}>
        {title}
      </Typography.Title>
      {children}
    </Porch>
  )
}

interface CodeProps {
  readonly onOpened: (code: string, sms: SmsCheck) => void
}

function CodeStep({ onOpened }: CodeProps) {
  const { firstRun, form, act } = useWords()
  const words = firstRun.welcome
  const opening = useMutation({
    mutationFn: (code: string) =>
      write<OpenSetupAnswer>('POST', '/api/setup/open', { setup_code: code }),
    onSuccess: (sms, code) => onOpened(code, sms),
  })
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => opening.mutate(code)}
    >
      <Typography.Paragraph>{words.codeText}</Typography.Paragraph>
      <Command lines={['npm run byfly -- setup-code']} />
      <Form.Item
        name="code"
        label={words.code}
        style={{ marginTop: 16 }}
        rules={[{ required: true, whitespace: true, message: form.required }]}
      >
        <Input
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          size="large"
          placeholder="xxxxx-xxxxx-xxxxx"
        />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={opening.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={opening.isPending}>
          {act.next}
        </Button>
      </Flex>
    </Form>
  )
}

function NoGateway() {
  const words = useWords().firstRun.welcome
  return (
    <details style={{ marginTop: 16 }}>
      <summary style={{ cursor: 'pointer', padding: '6px 0' }}>{words.noGateway}</summary>
      <Typography.Paragraph>{words.noGatewayText}</Typography.Paragraph>
      <Command lines={["npm run byfly -- admin add +77001234567 --name '…' --role super_admin"]} />
    </details>
  )
}
