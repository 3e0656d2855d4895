// The first step of a pairing: where the terminal is. It is saved switched off and takes nothing until the last.

import type { NewTerminalRequest, TerminalAdded } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Flex, Form, Input, Select, Typography } from 'antd'
import { write } from '../../api/call.ts'
import { useCountries } from '../../api/places.ts'
import { Page } from '../../parts/page.tsx'
import { Part } from '../../parts/part.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useWords } from '../../words/language.tsx'
import { AddressFields } from '../connect-fieldset.tsx'
import { useShowFaults } from '../field-faults.ts'
import type { TerminalFields } from '../terminal-fields.ts'
import { isProtected } from './pair-search.ts'
import { PairSteps } from './pair-steps.tsx'

export function NewTerminalPage() {
  const words = useWords()
  return (
    <Page title={words.devices.pair.title}>
      <PairSteps here="address" onGo={null} />
      <Part title={words.devices.pair.step.address}>
        <NewTerminalForm />
      </Part>
    </Page>
  )
}

function NewTerminalForm() {
  const words = useWords()
  const { form: labels, pair } = words.devices
  const client = useQueryClient()
  const navigate = useNavigate()
  const countries = useCountries()
  const [form] = Form.useForm<TerminalFields>()
  const showFaults = useShowFaults(form)
  const adding = useMutation({
    mutationFn: (fields: TerminalFields) =>
      write<TerminalAdded>('POST', '/api/admin/terminals', requestOf(fields)),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['terminals'] })
      const params = { id: String(id) }
      await navigate({ to: '/terminals/$id/pair', params, search: { step: 'certificate' } })
    },
    onError: showFaults,
  })
  return (
    <Form<TerminalFields>
      form={form}
      layout="vertical"
      initialValues={{ country: 'KZ', port: null }}
      onFinish={(fields) => adding.mutate(fields)}
      style={{ maxWidth: 520 }}
    >
      <Typography.Paragraph>{pair.addressText}</Typography.Paragraph>
      <Form.Item
        name="name"
        label={labels.name}
        rules={[{ required: true, whitespace: true, message: words.form.required }]}
      >
        <Input maxLength={200} placeholder={labels.namePlaceholder} />
      </Form.Item>
      <AddressFields />
      <Form.Item name="country" label={labels.country}>
        <Select
          loading={countries.isPending}
          options={(countries.data ?? []).map(({ iso, name }) => ({ value: iso, label: name }))}
        />
      </Form.Item>
      <Flex vertical gap={12} align="flex-start">
        <Trouble error={adding.error} ofWrite />
        <Button type="primary" htmlType="submit" loading={adding.isPending}>
          {pair.save}
        </Button>
        <Typography.Text type="secondary">{pair.resumable}</Typography.Text>
      </Flex>
    </Form>
  )
}

function requestOf({ address, country, name, port }: TerminalFields): NewTerminalRequest {
  return {
    name,
    ip_address: address,
    country_iso: country,
    is_active: false,
    ...(port === null ? {} : { port }),
    // A device's own certificate passes no ordinary check by its bare address.
    ...(isProtected({ ip_address: address }) ? { tls: 'pinned' } : {}),
  }
}
