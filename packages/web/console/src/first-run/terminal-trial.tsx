// One terminal in the first run: its test line by line, the access that somebody allows on its screen, and a
// way to enter it anew.

import type { RegisterAnswer, SelfTestAnswer } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Flex, Skeleton, Tag, Typography } from 'antd'
import { useEffect } from 'react'
import { write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { FIRST_RUN, type Terminal } from './standing.ts'

type Line = SelfTestAnswer['data']['lines'][number]

const COLOURS = { ok: 'success', warning: 'warning', failed: 'error', skipped: 'default' } as const

interface Props {
  readonly terminal: Terminal
  /** Entered a moment ago: it is tried without being asked. */
  readonly isNew: boolean
}

export function TerminalTrial({ isNew, terminal }: Props) {
  const all = useWords()
  const words = all.firstRun.terminal
  const client = useQueryClient()
  const path = `/api/admin/terminals/${terminal.id}`
  const refresh = () =>
    Promise.all(
      [['terminals'], FIRST_RUN].map((queryKey) => client.invalidateQueries({ queryKey })),
    )
  const testing = useMutation({
    mutationFn: () => write<SelfTestAnswer>('POST', `${path}/self-test`),
    onSuccess: refresh,
  })
  const registering = useMutation({
    mutationFn: () => write<RegisterAnswer>('POST', `${path}/register`, {}),
    onSuccess: ({ outcome }) => (outcome === 'registered' ? testing.mutate() : refresh()),
  })
  const removing = useMutation({ mutationFn: () => write('DELETE', path), onSuccess: refresh })
  const { mutate: test } = testing
  useEffect(() => {
    if (isNew) test()
  }, [isNew, test])
  const isBusy = testing.isPending || registering.isPending
  const refused = registering.data?.outcome === 'registered' ? undefined : registering.data
  return (
    <Card size="small">
      <Flex vertical gap={12}>
        <Flex justify="space-between" gap={8}>
          <Typography.Text strong>{terminal.name}</Typography.Text>
          <Typography.Text type="secondary">
            {all.terminals.status[terminal.status]}
          </Typography.Text>
        </Flex>
        {testing.data === undefined ? null : <Lines lines={testing.data.lines} />}
        {testing.isPending ? <Wait text={words.running} /> : null}
        {registering.isPending ? <Wait text={words.registering} /> : null}
        {refused === undefined ? null : (
          <Alert type="warning" showIcon title={refused.message} description={refused.cure} />
        )}
        <Trouble error={testing.error ?? registering.error ?? removing.error} ofWrite />
        <Flex gap={8} wrap>
          <Button disabled={isBusy} onClick={() => test()}>
            {all.firstRun.check}
          </Button>
          {needsAccess(terminal, testing.data?.lines) ? (
            <Button type="primary" disabled={isBusy} onClick={() => registering.mutate()}>
              {words.register}
            </Button>
          ) : null}
          {terminal.last_seen_at === null ? (
            <Button
              type="text"
              danger
              disabled={isBusy}
              loading={removing.isPending}
              onClick={() => removing.mutate()}
            >
              {words.remove}
            </Button>
          ) : null}
        </Flex>
      </Flex>
    </Card>
  )
}

function needsAccess({ trouble }: Terminal, lines: readonly Line[] = []): boolean {
  const isRefused = lines.some(({ check, state }) => check === 'token' && state === 'failed')
  return isRefused || trouble === 'not_registered'
}

function Wait({ text }: { readonly text: string }) {
  return (
    <>
      <Typography.Text role="status">{text}</Typography.Text>
      <Skeleton active title={false} paragraph={{ rows: 3 }} />
    </>
  )
}

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  const words = useWords()
  const { bad, good } = words.firstRun.terminal
  const isGood = lines.every(({ state }) => state !== 'failed')
  return (
    <>
      <Alert
        type={isGood ? 'success' : 'error'}
        showIcon
        role="status"
        title={isGood ? good : bad}
      />
      {lines.map(({ check, cure, message, state }) => (
        <div key={`${check}-${message}`}>
          <Flex gap={8} align="center" wrap>
            <Typography.Text strong>{words.terminals.check[check] ?? check}</Typography.Text>
            <Tag color={COLOURS[state]}>{words.terminals.checked[state]}</Tag>
          </Flex>
          <div>{message}</div>
          {cure === null ? null : <Typography.Text type="secondary">{cure}</Typography.Text>}
        </div>
      ))}
    </>
  )
}
