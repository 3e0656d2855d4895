// SMS: how the sending stands, and what became of each. Never a text, never a whole number.

import type { SmsAnswer, TextData, TextsAnswer } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button, Descriptions, Flex, type TableColumnsType, Tag, Typography } from 'antd'
import { useState } from 'react'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Part } from '../parts/part.tsx'
import { Rows } from '../parts/rows.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'

const LIMIT = 30

const COLOURS: Readonly<Record<TextData['state'], string>> = {
  waiting: 'processing',
  sending: 'processing',
  accepted: 'success',
  refused: 'error',
  unknown: 'warning',
  given_up: 'error',
  expired: 'default',
  superseded: 'default',
}

export function Texts() {
  const words = useWords().sms
  const sms = useQuery({
    queryKey: ['sms'],
    queryFn: () => read<SmsAnswer>('/api/admin/sms'),
  })
  return (
    <Flex vertical gap={16}>
      <Part title={words.sending}>
        <Loaded query={sms} rows={3}>
          {(standing) => <Standing standing={standing} />}
        </Loaded>
      </Part>
      <Part title={words.log}>
        <Log />
      </Part>
    </Flex>
  )
}

function Standing({ standing }: { readonly standing: SmsAnswer['data'] }) {
  const words = useWords().sms
  const { advice, balance, currency, last_fault: last, provider } = standing
  const money = balance === null ? words.noBalance : `${balance} ${currency ?? ''}`
  return (
    <Flex vertical gap={12}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'by', label: words.by, children: words.provider[provider] },
          { key: 'balance', label: words.balance, children: money },
        ]}
      />
      {advice === null ? null : <Alert type="warning" showIcon title={advice} />}
      {last === null ? null : (
        <Alert
          type="info"
          showIcon
          title={words.lastFault(moment(last.created_at))}
          description={last.advice ?? last.provider_word}
        />
      )}
    </Flex>
  )
}

function Log() {
  const words = useWords()
  const [cursor, setCursor] = useState<string | undefined>()
  const page = useQuery({
    queryKey: ['texts', cursor],
    queryFn: () => read<TextsAnswer>('/api/admin/texts', { limit: LIMIT, cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={page} rows={8}>
      {({ next_cursor: next, texts }) => (
        <Flex vertical gap={12}>
          <Rows
            rows={texts}
            keyOf={({ id }) => id}
            columns={columns(words)}
            card={(text) => <TextCard text={text} />}
            none={words.sms.none}
          />
          <Flex gap={8}>
            {cursor === undefined ? null : (
              <Button onClick={() => setCursor(undefined)}>{words.act.first}</Button>
            )}
            {next === null ? null : (
              <Button onClick={() => setCursor(next)}>{words.act.next}</Button>
            )}
          </Flex>
        </Flex>
      )}
    </Loaded>
  )
}

function columns({ sms: words }: Words): TableColumnsType<TextData> {
  return [
    {
      title: words.at,
      width: 160,
      render: (_, { created_at: at }) => <span className="moment">{moment(at)}</span>,
    },
    { title: words.kind, width: 190, render: (_, { kind }) => words.kinds[kind] },
    { title: words.to, width: 140, dataIndex: 'phone' },
    { title: words.state, width: 150, render: (_, text) => <State text={text} /> },
    { title: words.advice, dataIndex: 'advice' },
  ]
}

function State({ text: { state } }: { readonly text: TextData }) {
  const words = useWords().sms
  return <Tag color={COLOURS[state]}>{words.states[state]}</Tag>
}

function TextCard({ text }: { readonly text: TextData }) {
  const words = useWords().sms
  return (
    <Flex vertical gap={4} align="flex-start">
      <Flex gap={8} wrap align="center">
        <Typography.Text className="moment">{moment(text.created_at)}</Typography.Text>
        <State text={text} />
      </Flex>
      <Typography.Text type="secondary">
        {words.kinds[text.kind]}, {text.phone}
      </Typography.Text>
      {text.advice === null ? null : <Typography.Text>{text.advice}</Typography.Text>}
    </Flex>
  )
}
