// Which column of the bank's table holds what, and which of the centre's methods the bank's words of products
// mean. It is named once for a heading, looking at the table's first rows.

import type {
  StatementColumnsAnswer,
  StatementColumnsNamed,
  StatementColumnsRequest,
  StatementUploadAnswer,
} from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Flex, Form, Input, Select, Typography } from 'antd'
import { write } from '../api/call.ts'
import { useMethods } from '../api/places.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { SampleRows } from './sample-rows.tsx'

type Table = StatementColumnsAnswer['data'][number]
type Field = keyof StatementColumnsRequest['columns']

/** Without these nothing can be reconciled. */
const REQUIRED: readonly Field[] = ['at', 'amount']
const FIELDS: readonly Field[] = [
  ...REQUIRED,
  'number',
  'fee',
  'payout',
  'product',
  'time',
  'rrn',
  'device',
  'operation',
]

interface Fields {
  readonly columns: Partial<Record<Field, string>>
  /** By the place of the word in the list. */
  readonly products?: readonly (string | undefined)[]
  /** One more word of a table that is known. */
  readonly another?: { readonly word?: string; readonly method?: string }
}

interface Props {
  readonly table: Omit<Table, 'products'> & Partial<Pick<Table, 'products'>>
  /** Null where a table is known and its file is not at hand. */
  readonly sample: StatementUploadAnswer['data']['sample']
  readonly onCancel: () => void
  readonly onSaved: () => void
}

export function ColumnsForm({ table, sample, onCancel, onSaved }: Props) {
  const words = useWords()
  const client = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const { columns, heading, products = {}, system } = table
  const product = Form.useWatch(['columns', 'product'], form)
  const bankWords =
    sample === null ? Object.keys(products) : (sample.words[heading.indexOf(product ?? '')] ?? [])
  const saving = useMutation({
    mutationFn: ({ another = {}, columns: named, products: chosen = [] }: Fields) =>
      write<StatementColumnsNamed>('PUT', '/api/admin/statement-columns', {
        system,
        heading,
        columns: present(named),
        products: present({
          ...Object.fromEntries(bankWords.map((word, n) => [word, chosen[n]])),
          ...(another.word === undefined ? {} : { [another.word]: another.method }),
        }),
      } satisfies StatementColumnsRequest),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['statement-columns'] })
      onSaved()
    },
  })
  return (
    <Card
      size="small"
      title={<h2 style={{ fontSize: 15, margin: 0 }}>{words.reconciliation.columns.title}</h2>}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ columns }}
        onFinish={(fields) => saving.mutate(fields)}
      >
        <Flex vertical gap={16}>
          <Typography.Text>{words.reconciliation.columns.text}</Typography.Text>
          {sample === null ? null : <SampleRows heading={heading} rows={sample.rows} />}
          <ColumnFields heading={heading} />
          {sample !== null && bankWords.length === 0 ? null : (
            <ProductFields bankWords={bankWords} known={products} takesAnother={sample === null} />
          )}
          <Trouble error={saving.error} ofWrite />
          <Flex gap={8} wrap>
            <Button type="primary" htmlType="submit" loading={saving.isPending}>
              {sample === null ? words.act.save : words.reconciliation.columns.save}
            </Button>
            <Button onClick={onCancel}>{words.act.cancel}</Button>
          </Flex>
        </Flex>
      </Form>
    </Card>
  )
}

function present(given: Partial<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return Object.fromEntries(pairs)
}

function ColumnFields({ heading }: { readonly heading: readonly string[] }) {
  const words = useWords()
  const { columns } = words.reconciliation
  const options = heading.filter((cell) => cell !== '').map((value) => ({ value, label: value }))
  return (
    <div className="fields">
      {FIELDS.map((field) => (
        <Form.Item
          key={field}
          name={['columns', field]}
          label={columns.field[field]}
          rules={[{ required: REQUIRED.includes(field), message: words.form.required }]}
          style={{ margin: 0 }}
        >
          <Select
            aria-label={columns.field[field]}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={columns.none}
            options={options}
          />
        </Form.Item>
      ))}
    </div>
  )
}

interface ProductProps {
  readonly bankWords: readonly string[]
  readonly known: Readonly<Record<string, string>>
  readonly takesAnother: boolean
}

/** A bank mostly calls its products as the centre calls the methods. */
function ProductFields({ bankWords, known, takesAnother }: ProductProps) {
  const { columns } = useWords().reconciliation
  const found = useMethods().data
  if (found === undefined) return null
  const methods = found.map(({ code, name }) => ({ value: code, label: name }))
  const meaning = (word: string) =>
    known[word] ?? found.find(({ name }) => name.toLowerCase() === word.toLowerCase())?.code
  return (
    <div>
      <Typography.Title level={3} style={{ fontSize: 15 }}>
        {columns.products}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{columns.productsText}</Typography.Paragraph>
      <div className="fields">
        {bankWords.map((word, n) => (
          <Form.Item
            key={word}
            name={['products', n]}
            label={word}
            initialValue={meaning(word)}
            style={{ margin: 0 }}
          >
            <Select aria-label={word} allowClear options={methods} />
          </Form.Item>
        ))}
        {takesAnother ? (
          <>
            <Form.Item name={['another', 'word']} label={columns.word} style={{ margin: 0 }}>
              <Input maxLength={64} />
            </Form.Item>
            <Form.Item name={['another', 'method']} label={columns.means} style={{ margin: 0 }}>
              <Select aria-label={columns.means} allowClear options={methods} />
            </Form.Item>
          </>
        ) : null}
      </div>
    </div>
  )
}
