// A part of a source's terms as a form. Only what was changed is sent; what the centre refuses is told at the
// field that is at fault.

import type { ChangeSourceRequest, SourceChangedAnswer, SourceData } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Flex, Form, Typography } from 'antd'
import { write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { Field } from './field.tsx'
import { useFieldFaults } from './field-faults.ts'
import { changedIn, FIELDS, type Part, type Shown, shownOf } from './fields.ts'

interface Props {
  readonly source: SourceData
  readonly part: Part
}

export function ChangeForm({ source, part }: Props) {
  const words = useWords()
  const may = useMay()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<Shown>()
  const faultsOf = useFieldFaults()
  const changing = useMutation({
    mutationFn: (request: ChangeSourceRequest) =>
      write<SourceChangedAnswer>('PUT', `/api/admin/sources/${source.id}`, request),
    onSuccess: async () => {
      void message.success(words.saved)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['source', String(source.id)] }),
        client.invalidateQueries({ queryKey: ['sources'] }),
      ])
    },
    onError: (error) => form.setFields(faultsOf(error)),
  })
  const mayChange = may(part === 'webhooks' ? 'sources.webhooks' : 'sources.write')
  return (
    <Card style={{ maxWidth: 720 }}>
      <Form<Shown>
        form={form}
        layout="vertical"
        disabled={!mayChange}
        initialValues={shownOf(source, part)}
        onFinish={(now) => changing.mutate(changedIn(source, part, now))}
      >
        {FIELDS[part].map((field) => (
          <Field key={field.name} {...field} />
        ))}
        {mayChange ? (
          <Flex vertical gap={12} align="flex-start">
            <Trouble error={changing.error} ofWrite />
            <Button type="primary" htmlType="submit" loading={changing.isPending}>
              {words.act.save}
            </Button>
          </Flex>
        ) : (
          <Typography.Text type="secondary">{words.source.readOnly}</Typography.Text>
        )}
      </Form>
    </Card>
  )
}
