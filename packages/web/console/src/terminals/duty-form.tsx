// Out of work, back into it, out of quarantine: by a person's word, with a reason.

import type { TerminalData } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Modal, Typography } from 'antd'
import { write } from '../api/call.ts'
import { Proof, Reason } from '../parts/proof.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

export type Duty = 'take-out' | 'return' | 'resolve-quarantine'

interface Props {
  readonly terminal: TerminalData
  readonly duty: Duty
  readonly onDone: () => void
}

export function DutyForm({ terminal, duty, onDone }: Props) {
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
