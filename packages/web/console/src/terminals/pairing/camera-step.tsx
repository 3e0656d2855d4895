// The camera before the screen: its address is saved, and what it sees is shown at once.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Typography } from 'antd'
import { write } from '../../api/call.ts'
import { Trouble } from '../../parts/trouble.tsx'
import { useWords } from '../../words/language.tsx'
import { cameraChange, cameraFieldsOf } from '../camera-address.ts'
import { CameraFieldset } from '../camera-fieldset.tsx'
import { Hints } from '../camera-hints.tsx'
import { useLook } from '../camera-page.tsx'
import { useShowFaults } from '../field-faults.ts'
import { FrameView } from '../frame-view.tsx'
import type { TerminalFields } from '../terminal-fields.ts'
import type { StepProps } from './pair-page.tsx'

export function CameraStep({ terminal, onNext }: StepProps) {
  const words = useWords().devices.pair
  const client = useQueryClient()
  const [form] = Form.useForm<TerminalFields>()
  const showFaults = useShowFaults(form)
  const { camera_url: shown, id } = terminal
  const saving = useMutation({
    mutationFn: async (camera: string | null | undefined) => {
      if (camera === undefined) return
      await write('PUT', `/api/admin/terminals/${id}`, { camera_url: camera })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['terminals'] })
      await client.invalidateQueries({ queryKey: ['camera', String(id)] })
    },
    onError: showFaults,
  })
  return (
    <Flex vertical gap={16}>
      <Typography.Text>{words.cameraText}</Typography.Text>
      <div className="sight">
        <Form<TerminalFields>
          // Anew when it was saved: the password has gone to the centre.
          key={shown}
          form={form}
          layout="vertical"
          initialValues={{ ...cameraFieldsOf(shown), hasCamera: true }}
          onFinish={() => saving.mutate(cameraChange(shown, form.getFieldsValue(true)))}
        >
          <CameraFieldset shown={shown} />
          <Flex vertical gap={12} align="flex-start">
            <Trouble error={saving.error} ofWrite />
            <Button type="primary" htmlType="submit" loading={saving.isPending}>
              {words.saveCamera}
            </Button>
          </Flex>
        </Form>
        {shown === null ? null : <Sight id={String(id)} name={terminal.name} />}
      </div>
      <div>
        <Button onClick={onNext}>{shown === null ? words.withoutCamera : words.next}</Button>
      </div>
    </Flex>
  )
}

function Sight({ id, name }: { readonly id: string; readonly name: string }) {
  const look = useLook(id, true)
  return (
    <Flex vertical gap={12}>
      <FrameView look={look.data ?? null} name={name} />
      <Hints look={look.data ?? null} />
      <Trouble error={look.error} />
    </Flex>
  )
}
