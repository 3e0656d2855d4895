// One field of a source, typed the way its kind is. What the centre says of it stands beside it.

import type { CountriesAnswer, SourceData } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Select, type SelectProps, Switch } from 'antd'
import type { ReactNode } from 'react'
import { read } from '../api/call.ts'
import { grouped } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import type { FieldSpec, Typed } from './fields.ts'

const EVENTS: readonly SourceData['webhook_events'][number][] = [
  'partially_paid',
  'failed',
  'cancelled',
  'refunded',
]
const MOST_ADDRESSES = 100
const WIDE = { width: '100%' } as const

export function Field({ name, typed, isOptional }: FieldSpec) {
  const words = useWords()
  const mustBe = isOptional !== true && typed.as !== 'switch'
  return (
    <Form.Item
      name={name}
      label={words.source.field[name]}
      extra={words.source.hint[name]}
      rules={mustBe ? [{ required: true, message: words.form.required }] : []}
      {...(typed.as === 'switch' ? { valuePropName: 'checked' } : {})}
    >
      {typed.as === 'country' ? <Country /> : inputOf(typed, words)}
    </Form.Item>
  )
}

function inputOf(typed: Exclude<Typed, { readonly as: 'country' }>, words: Words): ReactNode {
  switch (typed.as) {
    case 'line':
      return (
        <Input
          maxLength={typed.most}
          {...(typed.isUrl === true
            ? { inputMode: 'url', placeholder: 'https://shop.example.kz/webhook' }
            : {})}
        />
      )
    case 'text':
      return <Input.TextArea rows={2} maxLength={typed.most} />
    case 'switch':
      return <Switch />
    case 'entries':
      return <Select mode="tags" maxCount={MOST_ADDRESSES} tokenSeparators={[' ', ',']} />
    case 'events':
      return (
        <Select
          mode="multiple"
          options={EVENTS.map((value) => ({ value, label: words.sources.event[value] }))}
        />
      )
    case 'tenge':
      return (
        <InputNumber<number>
          min={typed.least}
          max={typed.most}
          // What is being typed is left alone, or a comma could not be.
          formatter={(sum, { input, userTyping }) => (userTyping ? input : grouped(sum))}
          parser={(text) => Number(text?.replace(/[\s\u202f]/g, '').replace(',', '.'))}
          controls={false}
          inputMode="decimal"
          style={WIDE}
        />
      )
    case 'whole':
    case 'minutes':
      return <InputNumber min={1} max={typed.most} precision={0} style={WIDE} />
    case 'types':
      return <Select options={labelled(words.sources.types)} />
    case 'choice':
      return (
        <Select
          options={Object.entries(typed.of).map(([value, choice]) => ({
            value,
            label: words.source.choice[choice],
          }))}
        />
      )
  }
}

function labelled(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

/** Countries that take in something new. The form hands it its value, as to any input. */
function Country(props: SelectProps) {
  const countries = useQuery({
    queryKey: ['countries'],
    queryFn: () => read<CountriesAnswer>('/api/admin/countries'),
  })
  const options = (countries.data ?? [])
    .filter(({ is_active: isActive }) => isActive)
    .map(({ iso, name }) => ({ value: iso, label: name }))
  return <Select {...props} loading={countries.isPending} options={options} />
}
