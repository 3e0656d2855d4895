// Where the first terminal and its camera are.

import type { NewTerminalRequest, TerminalAdded } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Input, InputNumber } from 'antd'
import { write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

const USUAL_PORT = 8080
const MOST_PORT = 65_535

interface Fields {
  readonly name: string
  readonly ip_address: string
  readonly port: number
  readonly camera_url?: string
}

export function NewTerminal({ onAdded }: { readonly onAdded: (id: number) => void }) {
  const { firstRun, form } = useWords()
  const words = firstRun.terminal
  const client = useQueryClient()
  const adding = useMutation({
    mutationFn: ({ camera_url: camera, ...fields }: Fields) => {
      const request: NewTerminalRequest = {
        ...fields,
        ...(camera ? { camera_url: camera } : {}),
        // A terminal signs its certificate itself: the first one shown is the one that is trusted.
        ...(/^https:/i.test(fields.ip_address.trim()) ? { tls: 'pinned' } : {}),
      }
      return write<TerminalAdded>('POST', '/api/admin/terminals', request)
    },
    onSuccess: async ({ id }) => {
      onAdded(id)
      await client.invalidateQueries({ queryKey: ['terminals'] })
    },
  })
  const required = [{ required: true, whitespace: true, message: form.required }]
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: words.defaultName, port: USUAL_PORT }}
      onFinish={(fields) => adding.mutate(fields)}
      style={{ width: '100%', maxWidth: 520 }}
    >
      <Form.Item name="name" label={words.name} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="ip_address" label={words.address} extra={words.addressHint} rules={required}>
        <Input maxLength={300} autoComplete="off" placeholder="192.168.1.50" />
      </Form.Item>
      <Form.Item
        name="port"
        label={words.port}
        rules={[{ required: true, message: form.required }]}
      >
        <InputNumber min={1} max={MOST_PORT} precision={0} style={{ width: 120 }} />
      </Form.Item>
      <Form.Item name="camera_url" label={words.camera} extra={words.cameraHint}>
        <Input maxLength={2048} autoComplete="off" placeholder="http://192.168.1.60:3000/qr/1" />
      </Form.Item>
      <Flex vertical gap={12}>
        <Trouble error={adding.error} ofWrite />
        <Button type="primary" htmlType="submit" loading={adding.isPending}>
          {words.add}
        </Button>
      </Flex>
    </Form>
  )
}
