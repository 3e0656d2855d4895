// The tables whose columns have been named, so that a bank's new word for a product can be told later.

import type { StatementColumnsAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Button, Card, Drawer, Empty, Flex, Typography } from 'antd'
import { useState } from 'react'
import { read } from '../api/call.ts'
import { useMethods } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { useWords } from '../words/language.tsx'
import { ColumnsForm } from './columns-form.tsx'

type Table = StatementColumnsAnswer['data'][number]

export function KnownTables({ onClose }: { readonly onClose: () => void }) {
  const words = useWords().reconciliation.columns
  const [changed, setChanged] = useState<Table | null>(null)
  const tables = useQuery({
    queryKey: ['statement-columns'],
    queryFn: () => read<StatementColumnsAnswer>('/api/admin/statement-columns'),
  })
  return (
    <Drawer open onClose={onClose} title={words.known} size={560}>
      {changed === null ? (
        <Loaded query={tables}>
          {(known) =>
            known.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.noKnown} />
            ) : (
              <Flex vertical gap={12}>
                {known.map((table) => (
                  <KnownTable
                    key={`${table.system} ${table.heading.join('|')}`}
                    table={table}
                    onChange={() => setChanged(table)}
                  />
                ))}
              </Flex>
            )
          }
        </Loaded>
      ) : (
        <ColumnsForm
          table={changed}
          sample={null}
          onCancel={() => setChanged(null)}
          onSaved={() => setChanged(null)}
        />
      )}
    </Drawer>
  )
}

interface Props {
  readonly table: Table
  readonly onChange: () => void
}

function KnownTable({ table, onChange }: Props) {
  const { field, change } = useWords().reconciliation.columns
  const methods = useMethods().data
  const named = Object.entries(table.columns) as [keyof typeof field, string][]
  return (
    <Card size="small">
      <Flex vertical gap={4} align="flex-start">
        <Typography.Text strong>{table.heading.join(' · ')}</Typography.Text>
        {named.map(([name, column]) => (
          <div key={name}>
            <Typography.Text type="secondary">{field[name]}:</Typography.Text> {column}
          </div>
        ))}
        {Object.entries(table.products).map(([word, method]) => (
          <div key={word}>
            <Typography.Text type="secondary">{word}:</Typography.Text>{' '}
            {methods?.find(({ code }) => code === method)?.name ?? method}
          </div>
        ))}
        <Button size="small" onClick={onChange}>
          {change}
        </Button>
      </Flex>
    </Card>
  )
}
