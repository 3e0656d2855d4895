// The link by SMS through the centre: to the number that the payment knows, or to another.

import type { SendLinkAnswer } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Form, Input } from 'antd'
import { write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { addressOfPayment } from '../payments/story.ts'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly id: string
  readonly phone: string | null
}

export function Texting({ id, phone }: Props) {
  const all = useWords()
  const words = all.desk
  const texting = useMutation({
    mutationFn: (to: string) =>
      write<SendLinkAnswer>('POST', `${addressOfPayment(id)}/send-link`, { phone: to }),
  })
  return (
    <Form<{ phone: string }>
      layout="vertical"
      requiredMark={false}
      style={{ width: '100%', maxWidth: 360 }}
      initialValues={{ phone: phone ?? '' }}
      onFinish={(fields) => texting.mutate(fields.phone.trim())}
    >
      <Form.Item
        name="phone"
        label={words.smsTo}
        style={{ marginBottom: 8 }}
        rules={[{ required: true, whitespace: true, message: all.form.required }]}
      >
        <Input
          type="tel"
          size="large"
          maxLength={40}
          autoComplete="off"
          placeholder="+7 700 123-45-67"
        />
      </Form.Item>
      <Flex vertical gap={8}>
        <Trouble error={texting.error} ofWrite />
        <Button size="large" htmlType="submit" block loading={texting.isPending}>
          {words.sms}
        </Button>
        <span role="status">{texting.isSuccess ? words.smsSent(texting.variables) : null}</span>
      </Flex>
    </Form>
  )
}
