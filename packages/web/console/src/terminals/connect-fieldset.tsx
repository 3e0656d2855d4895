// Where the centre calls a terminal, and whose certificate it believes there: a super admin's to say.

import { Alert, Form, Input, InputNumber, Select } from 'antd'
import { useWords } from '../words/language.tsx'
import type { TerminalFields } from './terminal-fields.ts'

const TLS = ['pinned', 'strict', 'insecure'] as const

export function ConnectFieldset() {
  const words = useWords().devices.form
  return (
    <>
      <AddressFields />
      <Form.Item name="tls" label={words.tls}>
        <Select options={TLS.map((value) => ({ value, label: words.tlsMode[value] }))} />
      </Form.Item>
      <Form.Item<TerminalFields> noStyle dependencies={['tls']}>
        {({ getFieldValue }) =>
          getFieldValue('tls') === 'insecure' ? (
            <Alert type="warning" showIcon title={words.insecure} style={{ marginBottom: 16 }} />
          ) : null
        }
      </Form.Item>
    </>
  )
}

export function AddressFields() {
  const words = useWords()
  const { form } = words.devices
  return (
    <>
      <Form.Item
        name="address"
        label={form.address}
        extra={form.addressHint}
        rules={[{ required: true, whitespace: true, message: words.form.required }]}
      >
        <Input maxLength={300} placeholder="https://192.168.1.50:8080" inputMode="url" />
      </Form.Item>
      <Form.Item name="port" label={form.port} extra={form.portHint}>
        <InputNumber min={1} max={65_535} precision={0} style={{ width: '100%' }} />
      </Form.Item>
    </>
  )
}
