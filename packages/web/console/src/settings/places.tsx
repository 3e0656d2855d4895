// Countries and payment systems: where sources, terminals and staff belong.

import type {
  AddCountryRequest,
  AddPaymentSystemRequest,
  CountriesAnswer,
  PaymentSystemsAnswer,
} from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Flex, Form, Input, InputNumber, Switch, Tag } from 'antd'
import { read } from '../api/call.ts'
import { Part } from '../parts/part.tsx'
import { tengeOf, tiynOf } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { PlaceList } from './place-list.tsx'

type Country = CountriesAnswer['data'][number]
type System = PaymentSystemsAnswer['data'][number]

export function Places() {
  const words = useWords().places
  return (
    <Flex vertical gap={16}>
      <Part title={words.countries}>
        <Countries />
      </Part>
      <Part title={words.systems}>
        <Systems />
      </Part>
    </Flex>
  )
}

function Countries() {
  const words = useWords()
  const countries = useQuery({
    queryKey: ['countries'],
    queryFn: () => read<CountriesAnswer>('/api/admin/countries'),
  })
  return (
    <PlaceList<Country, Partial<AddCountryRequest>>
      query={countries}
      queryKey="countries"
      address="/api/admin/countries"
      idOf={({ iso }) => iso}
      add={words.places.addCountry}
      none={words.places.noCountries}
      columns={[
        { title: words.places.iso, width: 90, render: (_, { iso }) => iso },
        { title: words.places.dialCode, width: 140, render: (_, { dial_code: code }) => code },
        {
          title: words.settings.state,
          width: 140,
          render: (_, { is_active: isActive }) => (
            <Tag color={isActive ? 'success' : 'default'}>
              {isActive ? words.sources.on : words.sources.off}
            </Tag>
          ),
        },
      ]}
      fieldsOf={(country) => country ?? { is_active: true }}
      fields={(isNew) => <CountryFields isNew={isNew} />}
      bodyOf={(fields) => fields}
    />
  )
}

function CountryFields({ isNew }: { readonly isNew: boolean }) {
  const words = useWords()
  const required = [{ required: true, whitespace: true, message: words.form.required }]
  return (
    <>
      {isNew ? (
        <Form.Item
          name="iso"
          label={words.places.iso}
          extra={words.places.isoHint}
          rules={required}
        >
          <Input maxLength={2} autoComplete="off" placeholder="KZ" />
        </Form.Item>
      ) : null}
      <Form.Item name="name" label={words.places.name} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="dial_code" label={words.places.dialCode} rules={required}>
        <Input maxLength={5} autoComplete="off" placeholder="+7" />
      </Form.Item>
      <Form.Item name="is_active" label={words.places.active} extra={words.places.activeHint}>
        <Switch />
      </Form.Item>
    </>
  )
}

interface SystemFields extends Omit<AddPaymentSystemRequest, 'step'> {
  /** In whole units of its currency. */
  readonly step: number
}

function Systems() {
  const words = useWords()
  const systems = useQuery({
    queryKey: ['systems'],
    queryFn: () => read<PaymentSystemsAnswer>('/api/admin/payment-systems'),
  })
  return (
    <PlaceList<System, Partial<SystemFields>>
      query={systems}
      queryKey="systems"
      address="/api/admin/payment-systems"
      idOf={({ code }) => code}
      add={words.places.addSystem}
      none={words.places.noSystems}
      columns={[
        { title: words.places.code, width: 140, render: (_, { code }) => code },
        { title: words.places.currency, width: 110, render: (_, { currency }) => currency },
        {
          title: words.places.step,
          width: 170,
          align: 'right',
          render: (_, { step }) => <span className="sum">{tengeOf(step)}</span>,
        },
      ]}
      fieldsOf={(system) =>
        system === null ? { currency: 'KZT', step: 1 } : { ...system, step: tengeOf(system.step) }
      }
      fields={(isNew) => <SystemForm isNew={isNew} />}
      bodyOf={({ step = 1, ...fields }) => ({ ...fields, step: tiynOf(step) })}
    />
  )
}

function SystemForm({ isNew }: { readonly isNew: boolean }) {
  const words = useWords()
  const required = [{ required: true, message: words.form.required }]
  return (
    <>
      {isNew ? (
        <Form.Item
          name="code"
          label={words.places.code}
          extra={words.places.codeHint}
          rules={required}
        >
          <Input maxLength={63} autoComplete="off" placeholder="kaspi" />
        </Form.Item>
      ) : null}
      <Form.Item name="name" label={words.places.name} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="currency" label={words.places.currency} rules={required}>
        <Input maxLength={3} autoComplete="off" placeholder="KZT" />
      </Form.Item>
      <Form.Item
        name="step"
        label={words.places.step}
        extra={words.places.stepHint}
        rules={required}
      >
        <InputNumber min={0.01} precision={2} decimalSeparator="," style={{ width: '100%' }} />
      </Form.Item>
    </>
  )
}
