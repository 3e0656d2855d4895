// What a terminal is for: its name, whose payments it takes, and how.

import { Form, Input, Select, Switch, Tag } from 'antd'
import { useMay } from '../api/me.ts'
import { useCountries, useMethods, useSources } from '../api/places.ts'
import { useWords } from '../words/language.tsx'

export function WorkFieldset({ system }: { readonly system: string }) {
  const words = useWords()
  const { form } = words.devices
  const countries = useCountries()
  const countryOptions = (countries.data ?? []).map(({ iso, name }) => ({
    value: iso,
    label: name,
  }))
  return (
    <>
      <Form.Item
        name="name"
        label={form.name}
        rules={[{ required: true, whitespace: true, message: words.form.required }]}
      >
        <Input maxLength={200} placeholder={form.namePlaceholder} />
      </Form.Item>
      <Form.Item name="isActive" label={form.active} extra={form.activeHint}>
        <Switch />
      </Form.Item>
      <Form.Item name="country" label={form.country}>
        <Select options={countryOptions} loading={countries.isPending} />
      </Form.Item>
      <Methods system={system} />
      <ReservedSources />
      <Form.Item name="reservedCountry" label={form.reservedCountry}>
        <Select allowClear placeholder={form.anybody} options={countryOptions} />
      </Form.Item>
      <Form.Item name="ownCheque" label={form.ownCheque} extra={form.ownChequeHint}>
        <Switch />
      </Form.Item>
      <Form.Item name="api" label={form.api} extra={form.apiHint}>
        <Select options={['v2', 'v1'].map((value) => ({ value, label: value }))} />
      </Form.Item>
    </>
  )
}

/** Shown, not chosen: a method is its payment system's, and so is every terminal of it. */
function Methods({ system }: { readonly system: string }) {
  const words = useWords().devices.form
  const methods = useMethods()
  const own = (methods.data ?? []).filter(
    ({ is_active: isActive, payment_system: of }) => isActive && of === system,
  )
  return (
    <Form.Item label={words.methods} extra={words.methodsHint}>
      {own.map(({ id, name }) => (
        <Tag key={id} style={{ marginBlockEnd: 4 }}>
          {name}
        </Tag>
      ))}
    </Form.Item>
  )
}

function ReservedSources() {
  const words = useWords().devices.form
  const may = useMay()
  const sources = useSources()
  if (!may('sources.read')) return null
  return (
    <Form.Item name="reservedSources" label={words.reservedSources}>
      <Select
        mode="multiple"
        allowClear
        placeholder={words.anybody}
        optionFilterProp="label"
        loading={sources.isPending}
        options={(sources.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  )
}
