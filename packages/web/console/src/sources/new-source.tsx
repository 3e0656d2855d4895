// A new source, and the only look at its token and its webhook secret.

import type { CreateSourceRequest, SourceCreatedAnswer } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Input, Modal, Select } from 'antd'
import { write } from '../api/call.ts'
import { Once } from '../parts/once.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

type Type = CreateSourceRequest['type']

interface Fields {
  readonly name: string
  readonly type: Type
  readonly default_webhook_url?: string
}

export function NewSource({ onDone }: { readonly onDone: () => void }) {
  const words = useWords()
  const client = useQueryClient()
  const creating = useMutation({
    mutationFn: (request: CreateSourceRequest) =>
      write<SourceCreatedAnswer>('POST', '/api/admin/sources', request),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  })
  const types = Object.entries(words.sources.types).map(([value, label]) => ({ value, label }))
  const required = [{ required: true, whitespace: true, message: words.form.required }]
  return (
    <Modal
      open
      title={words.sources.create}
      footer={null}
      onCancel={onDone}
      // What is shown once must not vanish by a click beside it.
      mask={{ closable: creating.data === undefined }}
    >
      {creating.data === undefined ? (
        <Form<Fields>
          layout="vertical"
          initialValues={{ type: 'website' }}
          onFinish={({ default_webhook_url: webhook, ...fields }) =>
            creating.mutate({ ...fields, ...(webhook ? { default_webhook_url: webhook } : {}) })
          }
        >
          <Form.Item name="name" label={words.sources.name} rules={required}>
            <Input maxLength={200} autoFocus />
          </Form.Item>
          <Form.Item name="type" label={words.sources.type}>
            <Select options={types} />
          </Form.Item>
          <Form.Item name="default_webhook_url" label={words.sources.webhook}>
            <Input type="url" maxLength={2048} placeholder="https://shop.example.kz/webhook" />
          </Form.Item>
          <Flex vertical gap={12}>
            <Trouble error={creating.error} ofWrite />
            <Button type="primary" htmlType="submit" loading={creating.isPending}>
              {words.sources.create}
            </Button>
          </Flex>
        </Form>
      ) : (
        <Once
          secrets={{
            [words.sources.token]: creating.data.api_token,
            [words.sources.secret]: creating.data.webhook_secret,
          }}
          onDone={onDone}
        />
      )}
    </Modal>
  )
}
