// Everything that is entered of a terminal, as far as one may change it. Secrets are written and never shown.

import type { TerminalChanged, TerminalChangeRequest, TerminalData } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Divider, Drawer, Flex, Form, Typography } from 'antd'
import { write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { CameraFieldset } from './camera-fieldset.tsx'
import { ConnectFieldset } from './connect-fieldset.tsx'
import { useShowFaults } from './field-faults.ts'
import { changeOf, fieldsOf, type TerminalFields } from './terminal-fields.ts'
import { WorkFieldset } from './work-fieldset.tsx'

interface Props {
  readonly terminal: TerminalData
  readonly onClose: () => void
}

export function TerminalDrawer({ terminal, onClose }: Props) {
  const words = useWords()
  return (
    <Drawer open onClose={onClose} title={`${words.devices.edit}: ${terminal.name}`} size={480}>
      <TerminalForm terminal={terminal} onDone={onClose} />
    </Drawer>
  )
}

function TerminalForm({
  terminal,
  onDone,
}: {
  readonly terminal: TerminalData
  readonly onDone: () => void
}) {
  const words = useWords()
  const may = useMay()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [form] = Form.useForm<TerminalFields>()
  const showFaults = useShowFaults(form)
  const changing = useMutation({
    mutationFn: async (change: TerminalChangeRequest) => {
      if (Object.keys(change).length === 0) return
      await write<TerminalChanged>('PUT', `/api/admin/terminals/${terminal.id}`, change)
    },
    onSuccess: async () => {
      void message.success(words.saved)
      await client.invalidateQueries({ queryKey: ['terminals'] })
      onDone()
    },
    onError: showFaults,
  })
  const mayConnect = may('terminals.connect')
  return (
    <Form<TerminalFields>
      form={form}
      layout="vertical"
      initialValues={fieldsOf(terminal)}
      // What is not shown keeps its value, and so is not sent.
      onFinish={() => changing.mutate(changeOf(terminal, form.getFieldsValue(true)))}
    >
      <WorkFieldset system={terminal.payment_system} />
      <Divider />
      {mayConnect ? (
        <>
          <ConnectFieldset />
          <Divider />
          <CameraFieldset shown={terminal.camera_url} />
        </>
      ) : (
        <Typography.Paragraph type="secondary">
          {words.devices.form.connectOnly}
        </Typography.Paragraph>
      )}
      <Flex vertical gap={12}>
        <Trouble error={changing.error} ofWrite />
        <Button type="primary" htmlType="submit" loading={changing.isPending}>
          {words.act.save}
        </Button>
      </Flex>
    </Form>
  )
}
