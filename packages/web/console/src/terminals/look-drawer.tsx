// A look at a terminal and what it came to: a checklist with cures, a registration, a certificate.

import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons'
import type {
  RegisterAnswer,
  SelfTestAnswer,
  TerminalCheckLine,
  TerminalData,
  TrustAnswer,
} from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Flex, Skeleton, Typography, theme } from 'antd'
import { useEffect } from 'react'
import { write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

export type LookKind = 'self-test' | 'register' | 'trust-certificate'

interface Line {
  readonly state: TerminalCheckLine['state']
  readonly title: string | null
  readonly message: string
  readonly cure: string | null
}

interface Props {
  readonly terminal: TerminalData
  readonly kind: LookKind
  readonly onClose: () => void
}

export function LookDrawer({ terminal, kind, onClose }: Props) {
  const words = useWords()
  const client = useQueryClient()
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => look(terminal.id, kind),
    onSuccess: () => client.invalidateQueries({ queryKey: ['terminals'] }),
  })
  // Once for each opening; a registration asks a person to press a button on the device.
  useEffect(() => mutate(), [mutate])
  return (
    <Drawer
      open
      onClose={onClose}
      title={`${words.terminals.look[kind]}: ${terminal.name}`}
      size={420}
    >
      <Flex vertical gap={16}>
        {isPending ? (
          <>
            <Typography.Text role="status">{words.terminals.looking[kind]}</Typography.Text>
            <Skeleton active title={false} paragraph={{ rows: 8 }} />
          </>
        ) : null}
        <Trouble error={error} />
        {data?.map((line) => (
          <LineView key={`${line.title}-${line.message}`} line={line} />
        ))}
        {isPending ? null : <Button onClick={() => mutate()}>{words.act.retry}</Button>}
      </Flex>
    </Drawer>
  )
}

async function look(id: number, kind: LookKind): Promise<readonly Line[]> {
  const path = `/api/admin/terminals/${id}/${kind}`
  switch (kind) {
    case 'self-test': {
      const { lines } = await write<SelfTestAnswer>('POST', path)
      return lines.map(({ check, ...line }) => ({ ...line, title: check }))
    }
    case 'register': {
      const { cure, message, outcome } = await write<RegisterAnswer>('POST', path, {})
      return [{ state: outcome === 'registered' ? 'ok' : 'failed', title: null, message, cure }]
    }
    case 'trust-certificate': {
      const { cure, fingerprint, message, outcome } = await write<TrustAnswer>('POST', path)
      return [{ state: outcome === 'trusted' ? 'ok' : 'failed', title: fingerprint, message, cure }]
    }
  }
}

function LineView({ line }: { readonly line: Line }) {
  const words = useWords().terminals
  const { token } = theme.useToken()
  const { cure, message, state, title } = line
  const icons = {
    ok: <CheckCircleOutlined style={{ color: token.colorSuccess }} />,
    warning: <ExclamationCircleOutlined style={{ color: token.colorWarning }} />,
    failed: <CloseCircleOutlined style={{ color: token.colorError }} />,
    skipped: <MinusCircleOutlined />,
  } as const
  return (
    <Flex gap={10} align="flex-start">
      {icons[state]}
      <div>
        <Typography.Text strong>
          {title === null ? words.checked[state] : (words.check[title] ?? title)}
        </Typography.Text>{' '}
        <Typography.Text type="secondary">{words.checked[state]}</Typography.Text>
        <div lang="ru">{message}</div>
        {cure === null ? null : (
          <Typography.Text type="secondary" lang="ru">
            {cure}
          </Typography.Text>
        )}
      </div>
    </Flex>
  )
}
