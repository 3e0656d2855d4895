// The sources: who sends payments here. Their keys are shown once, when they are made, and never again.

import type { SourceData } from '@byfly-pay/contract'
import { Link } from '@tanstack/react-router'
import { Button, Flex, type TableColumnsType, Typography } from 'antd'
import { useState } from 'react'
import { useMay } from '../api/me.ts'
import { useSources } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Rows } from '../parts/rows.tsx'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import { Activity } from './activity.tsx'
import { NewSource } from './new-source.tsx'

export function SourcesPage() {
  const words = useWords()
  const may = useMay()
  const sources = useSources()
  const [isCreating, setCreating] = useState(false)
  return (
    <Page
      title={words.pages.sources}
      actions={
        may('sources.create') ? (
          <Button type="primary" onClick={() => setCreating(true)}>
            {words.sources.create}
          </Button>
        ) : null
      }
    >
      <Loaded query={sources}>
        {(rows) => (
          <Rows
            rows={rows}
            keyOf={({ id }) => id}
            columns={columns(words)}
            card={(source) => <SourceCard source={source} />}
            none={words.sources.none}
            noneHint={words.sources.noneHint}
          />
        )}
      </Loaded>
      {isCreating ? <NewSource onDone={() => setCreating(false)} /> : null}
    </Page>
  )
}

function columns({ sources: words }: Words): TableColumnsType<SourceData> {
  return [
    {
      title: words.name,
      render: (_, { id, name }) => (
        <Link to="/sources/$id" params={{ id: String(id) }}>
          {name}
        </Link>
      ),
    },
    { title: words.number, dataIndex: 'id', width: 80, align: 'right' },
    {
      title: words.state,
      width: 130,
      render: (_, { is_active: isActive }) => <Activity isActive={isActive} />,
    },
    {
      title: words.ceiling,
      align: 'right',
      width: 170,
      render: (_, { ceiling_tiyn: ceiling }) => <span className="sum">{money(ceiling)}</span>,
    },
    { title: words.webhook, ellipsis: true, render: (_, row) => row.default_webhook_url ?? '—' },
    {
      title: words.created,
      width: 170,
      render: (_, { created_at: at }) => <span className="moment">{moment(at)}</span>,
    },
  ]
}

function SourceCard({ source }: { readonly source: SourceData }) {
  const { default_webhook_url: webhook, id, is_active: isActive, name } = source
  return (
    <Flex vertical gap={4} align="flex-start">
      <Flex gap={8} align="center" wrap>
        <Link to="/sources/$id" params={{ id: String(id) }}>
          {name}
        </Link>
        <Activity isActive={isActive} />
      </Flex>
      <Typography.Text type="secondary">{webhook ?? '—'}</Typography.Text>
    </Flex>
  )
}
