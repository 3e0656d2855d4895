// The deletion of a terminal, whose effect is told before its button.

import type { TerminalData } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Modal, Typography } from 'antd'
import { write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly terminal: TerminalData
  readonly onDone: () => void
}

export function RemoveTerminal({ terminal, onDone }: Props) {
  const words = useWords()
  const client = useQueryClient()
  const removing = useMutation({
    mutationFn: () => write('DELETE', `/api/admin/terminals/${terminal.id}`),
    onSuccess: async () => {
      onDone()
      await client.invalidateQueries({ queryKey: ['terminals'] })
    },
  })
  return (
    <Modal
      open
      title={words.devices.remove.title(terminal.name)}
      footer={null}
      onCancel={onDone}
      destroyOnHidden
    >
      <Flex vertical gap={16}>
        <Typography.Text>{words.devices.remove.text}</Typography.Text>
        <Trouble error={removing.error} ofWrite />
        <Flex gap={8} wrap>
          <Button danger loading={removing.isPending} onClick={() => removing.mutate()}>
            {words.devices.remove.act}
          </Button>
          <Button onClick={onDone}>{words.act.cancel}</Button>
        </Flex>
      </Flex>
    </Modal>
  )
}
