// What may be done with one terminal now: look at it, take it out and back, end its quarantine, mend it.

import type { TerminalData } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Modal, Typography } from 'antd'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Proof, Reason } from '../parts/proof.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { LookDrawer, type LookKind } from './look-drawer.tsx'

type Duty = 'take-out' | 'return' | 'resolve-quarantine'

export function TerminalActions({ terminal }: { readonly terminal: TerminalData }) {
  const words = useWords().terminals
  const may = useMay()
  const [duty, setDuty] = useState<Duty | null>(null)
  const [look, setLook] = useState<LookKind | null>(null)
  if (!may('terminals.operate')) return null
  const { status, taken_out: out, trouble } = terminal
  return (
    <Flex gap={8} wrap>
      <Button size="small" onClick={() => setLook('self-test')}>
        {words.look['self-test']}
      </Button>
      {trouble === 'not_registered' ? (
        <Button size="small" type="primary" onClick={() => setLook('register')}>
          {words.look.register}
        </Button>
      ) : null}
      {trouble === 'certificate_changed' && may('terminals.connect') ? (
        <Button size="small" type="primary" onClick={() => setLook('trust-certificate')}>
          {words.look['trust-certificate']}
        </Button>
      ) : null}
      {status === 'quarantined' ? (
        <Button size="small" type="primary" onClick={() => setDuty('resolve-quarantine')}>
          {words.duty['resolve-quarantine']}
        </Button>
      ) : null}
      <Button size="small" onClick={() => setDuty(out === null ? 'take-out' : 'return')}>
        {out === null ? words.duty['take-out'] : words.duty.return}
      </Button>
      {look === null ? null : (
        <LookDrawer terminal={terminal} kind={look} onClose={() => setLook(null)} />
      )}
      {duty === null ? null : (
        <DutyForm terminal={terminal} duty={duty} onDone={() => setDuty(null)} />
      )}
    </Flex>
  )
}

interface DutyProps {
  readonly terminal: TerminalData
  readonly duty: Duty
  readonly onDone: () => void
}

function DutyForm({ terminal, duty, onDone }: DutyProps) {
  const words = useWords().terminals
  const client = useQueryClient()
  const acting = useMutation({
    mutationFn: (fields: object) =>
      write('POST', `/api/admin/terminals/${terminal.id}/${duty}`, fields),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['terminals'] })
      onDone()
    },
  })
  return (
    <Modal
      open
      title={`${words.duty[duty]}: ${terminal.name}`}
      footer={null}
      onCancel={onDone}
      destroyOnHidden
    >
      <Typography.Paragraph>{words.dutyText[duty]}</Typography.Paragraph>
      <Form layout="vertical" onFinish={(fields: object) => acting.mutate(fields)}>
        {duty === 'resolve-quarantine' ? <Proof /> : <Reason />}
        <Flex vertical gap={12}>
          <Trouble error={acting.error} ofWrite />
          <Button type="primary" htmlType="submit" loading={acting.isPending}>
            {words.duty[duty]}
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}
