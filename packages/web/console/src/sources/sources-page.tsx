// The sources: who sends payments here. Their keys are shown once, when they are made, and never again.

import type { SourceData } from '@byfly-pay/contract'
import { Button, Drawer, Flex, type TableColumnsType, Tag, Typography } from 'antd'
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
import { Keys } from './keys.tsx'
import { NewSource } from './new-source.tsx'
import { SourceForm } from './source-form.tsx'

export function SourcesPage() {
  const words = useWords()
  const may = useMay()
  const sources = useSources()
  const [openId, setOpenId] = useState<number | null>(null)
  const [isCreating, setCreating] = useState(false)
  const opened = sources.data?.find(({ id }) => id === openId)
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
            columns={columns(words, setOpenId)}
            card={(source) => <SourceCard source={source} onOpen={setOpenId} />}
            none={words.sources.none}
            noneHint={words.sources.noneHint}
          />
        )}
      </Loaded>
      {isCreating ? <NewSource onDone={() => setCreating(false)} /> : null}
      <Drawer
        open={opened !== undefined}
        onClose={() => setOpenId(null)}
        title={opened?.name}
        size={480}
        destroyOnHidden
      >
        {opened === undefined ? null : (
          <Flex vertical gap={24}>
            <SourceForm key={opened.id} source={opened} onDone={() => setOpenId(null)} />
            {may('sources.secrets') ? <Keys source={opened} /> : null}
          </Flex>
        )}
      </Drawer>
    </Page>
  )
}

function Activity({ isActive }: { readonly isActive: boolean }) {
  const words = useWords().sources
  return <Tag color={isActive ? 'success' : 'default'}>{isActive ? words.on : words.off}</Tag>
}

function columns(
  { sources: words }: Words,
  onOpen: (id: number) => void,
): TableColumnsType<SourceData> {
  return [
    {
      title: words.name,
      render: (_, { id, name }) => (
        <Button type="link" style={{ padding: 0, height: 'auto' }} onClick={() => onOpen(id)}>
          {name}
        </Button>
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

interface CardProps {
  readonly source: SourceData
  readonly onOpen: (id: number) => void
}

function SourceCard({ source, onOpen }: CardProps) {
  const { default_webhook_url: webhook, id, is_active: isActive, name } = source
  return (
    <Flex vertical gap={4} align="flex-start">
      <Flex gap={8} align="center" wrap>
        <Button type="link" style={{ padding: 0 }} onClick={() => onOpen(id)}>
          {name}
        </Button>
        <Activity isActive={isActive} />
      </Flex>
      <Typography.Text type="secondary">{webhook ?? '—'}</Typography.Text>
    </Flex>
  )
}
