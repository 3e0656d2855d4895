// A source's keys: a new token or secret beside the old one, for as long as the change over takes.

import type { SecretRotatedAnswer, SourceData, TokenRotatedAnswer } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Form, InputNumber, Modal, Typography } from 'antd'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { Once } from '../parts/once.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

type Kind = 'token' | 'secret'

const USUAL_HOURS = 24
const MOST_HOURS = 720

export function Keys({ source }: { readonly source: SourceData }) {
  const words = useWords().sources
  const [kind, setKind] = useState<Kind | null>(null)
  return (
    <Flex vertical gap={8} align="flex-start">
      <Typography.Title level={2} style={{ fontSize: 15, margin: 0 }}>
        {words.keys}
      </Typography.Title>
      <Flex gap={8} wrap>
        <Button onClick={() => setKind('token')}>{words.rotateToken}</Button>
        <Button onClick={() => setKind('secret')}>{words.rotateSecret}</Button>
      </Flex>
      {kind === null ? null : <Rotation source={source} kind={kind} onDone={() => setKind(null)} />}
    </Flex>
  )
}

interface Props {
  readonly source: SourceData
  readonly kind: Kind
  readonly onDone: () => void
}

function Rotation({ source, kind, onDone }: Props) {
  const words = useWords().sources
  const rotating = useMutation({
    mutationFn: (hours: number) => rotate(source.id, kind, hours),
  })
  const doIt = kind === 'token' ? words.rotateToken : words.rotateSecret
  return (
    <Modal
      open
      title={`${doIt}: ${source.name}`}
      footer={null}
      onCancel={onDone}
      mask={{ closable: rotating.data === undefined }}
    >
      {rotating.data === undefined ? (
        <Form<{ hours: number }>
          layout="vertical"
          initialValues={{ hours: USUAL_HOURS }}
          onFinish={({ hours }) => rotating.mutate(hours)}
        >
          <Form.Item name="hours" label={words.overlap} extra={words.overlapHint}>
            <InputNumber min={0} max={MOST_HOURS} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Flex vertical gap={12}>
            <Trouble error={rotating.error} ofWrite />
            <Button type="primary" danger htmlType="submit" loading={rotating.isPending}>
              {doIt}
            </Button>
          </Flex>
        </Form>
      ) : (
        <Once
          secrets={{ [kind === 'token' ? words.token : words.secret]: rotating.data }}
          onDone={onDone}
        />
      )}
    </Modal>
  )
}

async function rotate(id: number, kind: Kind, hours: number): Promise<string> {
  const path = `/api/admin/sources/${id}/rotate-${kind}`
  const body = { overlap_hours: hours }
  if (kind === 'token') return (await write<TokenRotatedAnswer>('POST', path, body)).api_token
  return (await write<SecretRotatedAnswer>('POST', path, body)).webhook_secret
}
