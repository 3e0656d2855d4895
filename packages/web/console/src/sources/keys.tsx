// What proves a source: how long each of its keys lives, and new ones. A new one is shown once; the former one
// goes on for its overlap, and until when is told.

import type {
  SecretRotatedAnswer,
  SourceData,
  SourceKeysAnswer,
  TokenRotatedAnswer,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, InputNumber, Modal, Typography } from 'antd'
import { useState } from 'react'
import { read, write } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Once } from '../parts/once.tsx'
import { Part } from '../parts/part.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'

type Kind = 'token' | 'secret'
type Lives = SourceKeysAnswer['data']['tokens']

const USUAL_HOURS = 24
const MOST_HOURS = 720

export function Keys({ source }: { readonly source: SourceData }) {
  const words = useWords().source.key
  const client = useQueryClient()
  const [kind, setKind] = useState<Kind | null>(null)
  const keys = useQuery({
    queryKey: ['source', String(source.id), 'keys'],
    queryFn: () => read<SourceKeysAnswer>(`/api/admin/sources/${source.id}/keys`),
  })
  return (
    <Loaded query={keys} rows={4}>
      {({ secrets, tokens }) => (
        <Flex vertical gap={16} style={{ maxWidth: 720 }}>
          <Part title={words.token}>
            <Living lives={tokens} />
            <Button onClick={() => setKind('token')}>{words.rotateToken}</Button>
          </Part>
          <Part title={words.secret}>
            <Living lives={secrets} />
            <Button onClick={() => setKind('secret')}>{words.rotateSecret}</Button>
          </Part>
          {kind === null ? null : (
            <Rotation
              source={source}
              kind={kind}
              onDone={() => {
                setKind(null)
                void client.invalidateQueries({ queryKey: ['source', String(source.id), 'keys'] })
              }}
            />
          )}
        </Flex>
      )}
    </Loaded>
  )
}

function Living({ lives }: { readonly lives: Lives }) {
  const words = useWords().source.key
  return (
    <Flex vertical gap={8} style={{ marginBottom: 12 }}>
      {lives.map(({ created_at: made, ends_at: end }) =>
        end === null ? (
          <Typography.Text key={made}>{words.made(moment(made))}</Typography.Text>
        ) : (
          <Alert key={made} type="warning" showIcon title={words.former(moment(end))} />
        ),
      )}
    </Flex>
  )
}

interface Props {
  readonly source: SourceData
  readonly kind: Kind
  readonly onDone: () => void
}

function Rotation({ source, kind, onDone }: Props) {
  const words = useWords().source.key
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
      // What is shown once must not vanish by a click beside it.
      mask={{ closable: rotating.data === undefined }}
    >
      {rotating.data === undefined ? (
        <Form<{ hours: number }>
          layout="vertical"
          initialValues={{ hours: USUAL_HOURS }}
          onFinish={({ hours }) => rotating.mutate(hours)}
        >
          <Typography.Paragraph>
            {kind === 'token' ? words.tokenEffect : words.secretEffect}
          </Typography.Paragraph>
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
