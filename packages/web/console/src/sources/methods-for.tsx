// How customers of this source pay, and what they pay with its own say on the commission.

import type { MethodData, SourceData } from '@byfly-pay/contract'
import { Flex, Typography } from 'antd'
import { useMethods } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Part } from '../parts/part.tsx'
import { Rows } from '../parts/rows.tsx'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'

/** 10 000 tenge. */
const EXAMPLE_TIYN = 1_000_000

export function MethodsFor({ source }: { readonly source: SourceData }) {
  const words = useWords()
  const methods = useMethods()
  const isAdded = (method: MethodData) =>
    source.add_commission_to_amount ?? method.add_commission_to_amount
  const priceOf = (method: MethodData) =>
    money(isAdded(method) ? method.net_of[method.commission_mode].price : EXAMPLE_TIYN)
  const rateOf = ({ rate }: MethodData) =>
    rate === null ? '—' : `${String(rate.percent).replace('.', ',')}\u202f%`
  const whose = (method: MethodData) =>
    isAdded(method) ? words.source.added : words.source.notAdded
  return (
    <Part title={words.source.methods}>
      <Typography.Paragraph type="secondary">{words.source.methodsHint}</Typography.Paragraph>
      <Loaded query={methods}>
        {(all) => (
          <Rows
            rows={all.filter(
              ({ country_iso: country, is_active: isActive }) =>
                isActive && country === source.country_iso,
            )}
            keyOf={({ id }) => id}
            columns={[
              { title: words.settings.method, dataIndex: 'name' },
              {
                title: words.settings.rate,
                align: 'right',
                width: 110,
                render: (_, method) => <span className="sum">{rateOf(method)}</span>,
              },
              {
                title: words.settings.priceOf(money(EXAMPLE_TIYN)),
                align: 'right',
                width: 220,
                render: (_, method) => <span className="sum">{priceOf(method)}</span>,
              },
              {
                title: words.source.field.add_commission_to_amount,
                width: 220,
                render: (_, method) => whose(method),
              },
            ]}
            card={(method) => (
              <Flex vertical gap={2}>
                <Flex justify="space-between" gap={8}>
                  <Typography.Text strong>{method.name}</Typography.Text>
                  <span className="sum">{rateOf(method)}</span>
                </Flex>
                <Typography.Text type="secondary">
                  {words.settings.priceOf(money(EXAMPLE_TIYN))}: {priceOf(method)}, {whose(method)}
                </Typography.Text>
              </Flex>
            )}
            none={words.settings.noMethods}
          />
        )}
      </Loaded>
    </Part>
  )
}
