// What may be done with one terminal now: the one thing that it needs as a button, the rest in a menu.

import { MoreOutlined } from '@ant-design/icons'
import type { TerminalOnWall } from '@byfly-pay/contract'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, Flex } from 'antd'
import { useState } from 'react'
import { useMay } from '../api/me.ts'
import { useWords } from '../words/language.tsx'
import { type Duty, DutyForm } from './duty-form.tsx'
import { RemoveTerminal } from './remove-terminal.tsx'
import { TerminalDrawer } from './terminal-drawer.tsx'
import { TestDrawer } from './test-drawer.tsx'

type Opened = Duty | 'test' | 'edit' | 'remove'

export function TerminalActions({ terminal }: { readonly terminal: TerminalOnWall }) {
  const words = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const { id, is_active: isActive, name, status, taken_out: out } = terminal
  const params = { id: String(id) }
  const duty: Duty = out === null ? 'take-out' : 'return'
  const items = [
    may('terminals.operate') ? { key: 'test', label: words.terminals.look['self-test'] } : null,
    may('terminals.write') ? { key: 'edit', label: words.devices.edit } : null,
    may('terminals.write')
      ? { key: 'remove', label: words.devices.remove.act, danger: true }
      : null,
  ].filter((item) => item !== null)
  return (
    <Flex gap={8} wrap align="center">
      {may('terminals.operate') ? (
        <>
          {mustPair(terminal) ? (
            <Button
              size="small"
              type="primary"
              onClick={() => void navigate({ to: '/terminals/$id/pair', params })}
            >
              {words.devices.resume}
            </Button>
          ) : null}
          {status === 'quarantined' ? (
            <Button size="small" type="primary" onClick={() => setOpened('resolve-quarantine')}>
              {words.terminals.duty['resolve-quarantine']}
            </Button>
          ) : null}
          {status === 'suspended' || status === 'offline' ? (
            <Button size="small" type="primary" onClick={() => setOpened('test')}>
              {words.terminals.look['self-test']}
            </Button>
          ) : null}
          {isActive || out !== null ? (
            <Button size="small" onClick={() => setOpened(duty)}>
              {words.terminals.duty[duty]}
            </Button>
          ) : null}
        </>
      ) : null}
      {items.length === 0 ? null : (
        <Dropdown
          trigger={['click']}
          menu={{ items, onClick: ({ key }) => setOpened(key as Opened) }}
        >
          <Button
            size="small"
            icon={<MoreOutlined />}
            aria-label={`${words.devices.more}: ${name}`}
          />
        </Dropdown>
      )}
      {opened === 'test' ? <TestDrawer terminal={terminal} onClose={close} /> : null}
      {opened === 'edit' ? <TerminalDrawer terminal={terminal} onClose={close} /> : null}
      {opened === 'remove' ? <RemoveTerminal terminal={terminal} onDone={close} /> : null}
      {opened === 'take-out' || opened === 'return' || opened === 'resolve-quarantine' ? (
        <DutyForm terminal={terminal} duty={opened} onDone={close} />
      ) : null}
    </Flex>
  )
}

/** A pairing that was left, and what only another step of it mends. */
function mustPair({ is_active: isActive, last_seen_at: seen, trouble }: TerminalOnWall): boolean {
  return trouble !== null || (!isActive && seen === null)
}
