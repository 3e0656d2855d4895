// Getting the second factor that somebody must have before anything else is open to them.

import type { ConfirmTotpAnswer, StartTotpAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Input, QRCode, Typography } from 'antd'
import { write } from '../api/call.ts'
import { ME } from '../api/me.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { Porch } from './porch.tsx'

export function EnrolPage() {
  const words = useWords()
  // Asked for once: every start makes a new secret, and the one on the phone would be void.
  const started = useQuery({
    queryKey: ['second-factor'],
    queryFn: () => write<StartTotpAnswer>('POST', '/api/auth/totp/start'),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const confirming = useMutation({
    mutationFn: (totp: string) =>
      write<ConfirmTotpAnswer>('POST', '/api/auth/totp/confirm', { totp }),
  })
  if (confirming.data !== undefined) return <RecoveryCodes codes={confirming.data.recovery_codes} />
  return (
    <Porch>
      <Typography.Title level={2} style={{ fontSize: 18, marginTop: 0 }}>
        {words.login.enrolTitle}
      </Typography.Title>
      <Typography.Paragraph>{words.login.enrolText}</Typography.Paragraph>
      <Loaded query={started}>
        {({ otpauth_url: url, secret }) => (
          <Form<{ totp: string }>
            layout="vertical"
            requiredMark={false}
            onFinish={({ totp }) => confirming.mutate(totp)}
          >
            <Flex vertical align="center" gap={8} style={{ marginBottom: 16 }}>
              <span className="white-ground">
                <QRCode
                  aria-label={words.login.enrolTitle}
                  value={url}
                  bordered={false}
                  color="#000"
                  bgColor="#fff"
                />
              </span>
              <Typography.Text type="secondary">{words.login.secret}</Typography.Text>
              <Typography.Text code copyable>
                {secret}
              </Typography.Text>
            </Flex>
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
    </Porch>
  )
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const words = useWords()
  const client = useQueryClient()
  return (
    <Porch>
      <Typography.Title level={2} style={{ fontSize: 18, marginTop: 0 }}>
        {words.login.recoveryTitle}
      </Typography.Title>
      <Typography.Paragraph>{words.login.recoveryText}</Typography.Paragraph>
      <Typography.Paragraph copyable={{ text: codes.join('\n') }}>
        {codes.map((code) => (
          <Typography.Text key={code} code style={{ display: 'block' }}>
            {code}
          </Typography.Text>
        ))}
      </Typography.Paragraph>
      <Button type="primary" block onClick={() => void client.invalidateQueries({ queryKey: ME })}>
        {words.login.saved}
      </Button>
    </Porch>
  )
}
