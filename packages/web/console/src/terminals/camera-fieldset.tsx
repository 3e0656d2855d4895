// The camera before a terminal's screen. Its password goes to the centre and never comes back.

import { Form, Input, Switch } from 'antd'
import { useWords } from '../words/language.tsx'
import { hasSecret, losesSecret } from './camera-address.ts'
import type { TerminalFields } from './terminal-fields.ts'

export function CameraFieldset({ shown }: { readonly shown: string | null }) {
  const words = useWords().devices.form
  return (
    <>
      <Form.Item name="hasCamera" label={words.hasCamera}>
        <Switch />
      </Form.Item>
      <Form.Item<TerminalFields> noStyle dependencies={['hasCamera', 'cameraUrl', 'cameraSecret']}>
        {({ getFieldsValue }) => {
          const fields = getFieldsValue(true)
          return fields.hasCamera ? (
            <CameraFields isKept={hasSecret(shown)} isLost={losesSecret(shown, fields)} />
          ) : null
        }}
      </Form.Item>
    </>
  )
}

interface FieldsProps {
  /** The centre has a password for it. */
  readonly isKept: boolean
  readonly isLost: boolean
}

function CameraFields({ isKept, isLost }: FieldsProps) {
  const words = useWords()
  const { form } = words.devices
  return (
    <>
      <Form.Item
        name="cameraUrl"
        label={form.cameraUrl}
        extra={form.cameraUrlHint}
        rules={[{ required: true, whitespace: true, message: words.form.required }]}
      >
        <Input maxLength={2048} placeholder="http://192.168.1.60:3000/qr/1" inputMode="url" />
      </Form.Item>
      <Form.Item name="cameraUser" label={form.cameraUser}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="cameraSecret"
        label={form.cameraSecret}
        extra={isLost ? form.secretAgain : isKept ? form.secretKept : form.secretHint}
        {...(isLost ? { validateStatus: 'warning' } : {})}
      >
        <Input.Password maxLength={500} autoComplete="new-password" visibilityToggle={false} />
      </Form.Item>
    </>
  )
}
