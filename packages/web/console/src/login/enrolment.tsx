// Getting a second factor: the secret as a QR code for the app, its first code, and the recovery codes, which are
// shown one time only.

import type { ConfirmTotpAnswer, StartTotpAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Flex, Form, Input, QRCode, Typography } from 'antd'
import { write } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

interface Props {
  /** Once the recovery codes are kept. */
  readonly onDone: () => void
}

export function Enrolment({ onDone }: Props) {
  const words = useWords()
  // Asked for once: every start makes a new secret, and the one on the phone would be void.
  const started = useQuery({
    queryKey: ['second-factor-start'],
    queryFn: () => write<StartTotpAnswer>('POST', '/api/auth/totp/start'),
    staleTime: 'static',
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const confirming = useMutation({
    mutationFn: (totp: string) =>
      write<ConfirmTotpAnswer>('POST', '/api/auth/totp/confirm', { totp }),
  })
  if (confirming.data !== undefined) {
    return <RecoveryCodes codes={confirming.data.recovery_codes} onDone={onDone} />
  }
  return (
    <>
      <Typography.Paragraph>{words.login.enrolText}</Typography.Paragraph>
      <Loaded query={started}>
        {({ otpauth_url: url, secret }) => (
          <Form<{ totp: string }>
            layout="vertical"
            requiredMark={false}
            onFinish={({ totp }) => confirming.mutate(totp)}
          >
            <Secret url={url} secret={secret} />
            <Form.Item
              name="totp"
              label={words.login.factor}
              rules={[{ required: true, message: words.form.required }]}
            >
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} size="large" />
            </Form.Item>
            <Flex vertical gap={12}>
              <Trouble error={confirming.error} />
              <Button type="primary" htmlType="submit" block loading={confirming.isPending}>
                {words.login.confirm}
              </Button>
            </Flex>
          </Form>
        )}
      </Loaded>
    </>
  )
}

function Secret({ url, secret }: { readonly url: string; readonly secret: string }) {
  const words = useWords().login
  return (
    <Flex vertical align="center" gap={8} style={{ marginBottom: 16 }}>
      <span className="white-ground">
        <QRCode
          aria-label={words.enrolTitle}
          value={url}
          bordered={false}
          color="#000"
          bgColor="#fff"
        />
      </span>
      <Typography.Text type="secondary">{words.secret}</Typography.Text>
      <Typography.Text code copyable>
        {secret}
      </Typography.Text>
    </Flex>
  )
}

interface CodesProps extends Props {
  readonly codes: readonly string[]
}

function RecoveryCodes({ codes, onDone }: CodesProps) {
  const words = useWords().login
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 18, marginTop: 0 }}>
        {words.recoveryTitle}
      </Typography.Title>
      <Typography.Paragraph>{words.recoveryText}</Typography.Paragraph>
      <Typography.Paragraph copyable={{ text: codes.join('\n') }}>
        {codes.map((code) => (
          <Typography.Text key={code} code style={{ display: 'block' }}>
            {code}
          </Typography.Text>
        ))}
      </Typography.Paragraph>
      <Button type="primary" block onClick={onDone}>
        {words.saved}
      </Button>
    </>
  )
}
