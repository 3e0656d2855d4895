// The money that was taken, capture by capture: what Kaspi calls it, what it came by, how it was counted.

import { Descriptions, Flex, Tag, Typography } from 'antd'
import { Part } from '../parts/part.tsx'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Story } from './story.ts'

export function Captures({ story }: { readonly story: Story }) {
  const words = useWords().payments
  if (story.captures.length === 0) return null
  return (
    <Part title={words.story.captures}>
      <Flex vertical gap={12}>
        {story.captures.map((capture) => (
          <div key={`${capture.attempt_id}-${capture.provider_transaction_id}`}>
            <Flex gap={8} align="center" wrap>
              <Typography.Text strong className="sum">
                {money(capture.gross_amount, story.currency)}
              </Typography.Text>
              <Typography.Text type="secondary" className="moment">
                {moment(capture.at)}
              </Typography.Text>
              {capture.late ? <Tag color="warning">{words.late}</Tag> : null}
            </Flex>
            <Descriptions
              size="small"
              column={1}
              items={[
                {
                  key: 'operation',
                  label: words.story.operation,
                  children: capture.provider_transaction_id ?? '—',
                },
                { key: 'product', label: words.story.product, children: capture.product },
                {
                  key: 'credited',
                  label: words.story.credited,
                  children: (
                    <span className="sum">{money(capture.credited_amount, story.currency)}</span>
                  ),
                },
              ]}
            />
          </div>
        ))}
      </Flex>
    </Part>
  )
}
