// The account at an SMS gateway, as it is typed in.

import type { SmsAccountRequest } from '@byfly-pay/contract'
import { Button, Flex, Form, Input, Select } from 'antd'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly error: unknown
  readonly isSaving: boolean
  readonly onSave: (account: SmsAccountRequest) => void
}

const PROVIDERS = ['smsc', 'mobizon'] as const

export function SmsForm({ error, isSaving, onSave }: Props) {
  const { firstRun, form: said } = useWords()
  const words = firstRun.sms
  const [form] = Form.useForm<SmsAccountRequest>()
  const provider = Form.useWatch('provider', form) ?? 'smsc'
  const required = [{ required: true, whitespace: true, message: said.required }]
  return (
    <Form<SmsAccountRequest>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ provider: 'smsc' }}
      onFinish={({ sender, ...account }) => onSave({ ...account, ...(sender ? { sender } : {}) })}
    >
      <Form.Item name="provider" label={words.provider}>
        <Select options={PROVIDERS.map((value) => ({ value, label: words.byProvider[value] }))} />
      </Form.Item>
      {provider === 'smsc' ? (
        <>
          <Form.Item name="login" label={words.login} rules={required}>
            <Input autoComplete="off" maxLength={100} />
          </Form.Item>
          <Form.Item name="password" label={words.password} rules={required}>
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
        </>
      ) : (
        <Form.Item name="key" label={words.key} rules={required}>
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      )}
      <Form.Item name="sender" label={words.sender} extra={words.senderHint}>
        <Input autoComplete="off" maxLength={20} />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={error} ofWrite />
        <Button type="primary" htmlType="submit" loading={isSaving}>
          {words.save}
        </Button>
      </Flex>
    </Form>
  )
}
