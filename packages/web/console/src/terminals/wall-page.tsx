// The wall of terminals: the page one leaves open. Red is only what needs a hand now; a card keeps its place and
// its size whatever arrives.

import { FullscreenOutlined } from '@ant-design/icons'
import type { TerminalWallAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Card, Empty, Flex, Typography, theme } from 'antd'
import { useRef } from 'react'
import { read } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Sections } from '../parts/sections.tsx'
import { useWords } from '../words/language.tsx'
import { useFullScreen } from './full-screen.ts'
import { lasting } from './lasting.ts'
import { WallCard } from './wall-card.tsx'
import { belongsTo, WALL_PARTS } from './wall-search.ts'

const EVERY_MS = 3_000

type Wall = TerminalWallAnswer['data']

const route = getRouteApi('/terminals')

export function WallPage() {
  const words = useWords()
  const may = useMay()
  const wall = useQuery({
    queryKey: ['terminals', 'wall'],
    queryFn: () => read<TerminalWallAnswer>('/api/admin/terminals/wall'),
    refetchInterval: EVERY_MS,
    // A monitor on the wall has no mouse over it.
    refetchIntervalInBackground: true,
  })
  return (
    <Page
      title={words.pages.terminals}
      actions={
        may('terminals.connect') ? (
          <Link to="/terminals/new">
            <Button type="primary">{words.devices.add}</Button>
          </Link>
        ) : null
      }
    >
      <Loaded query={wall} rows={10}>
        {(data) => (data.terminals.length === 0 ? <NoTerminals /> : <Shown wall={data} />)}
      </Loaded>
    </Page>
  )
}

function NoTerminals() {
  const words = useWords()
  return (
    <Card>
      <Empty description={words.terminals.none}>
        <Typography.Text type="secondary">{words.devices.noneHint}</Typography.Text>
      </Empty>
    </Card>
  )
}

function Shown({ wall }: { readonly wall: Wall }) {
  const words = useWords().devices
  const { token } = theme.useToken()
  const { show = 'all' } = route.useSearch()
  const navigate = route.useNavigate()
  const ground = useRef<HTMLDivElement>(null)
  const { isFull, enter, leave } = useFullScreen(ground)
  const shown = wall.terminals.filter((terminal) => belongsTo(show, terminal))
  const sections = WALL_PARTS.map((key) => ({
    key,
    title: words.filter[key],
    count: wall.terminals.filter((terminal) => belongsTo(key, terminal)).length,
  }))
  return (
    <Flex
      vertical
      gap={12}
      ref={ground}
      {...(isFull
        ? { style: { background: token.colorBgLayout, padding: 16, overflow: 'auto' } }
        : {})}
    >
      <Flex gap={12} wrap align="center" justify="space-between">
        <Queues queues={wall.queues} />
        <Button icon={<FullscreenOutlined />} onClick={isFull ? leave : enter}>
          {isFull ? words.leaveFullScreen : words.fullScreen}
        </Button>
      </Flex>
      {isFull ? null : (
        <Sections
          here={show}
          sections={sections}
          onGo={(part) => void navigate({ search: part === 'all' ? {} : { show: part } })}
        />
      )}
      {shown.length === 0 ? (
        <Card>
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.filteredOut} />
        </Card>
      ) : (
        <div className="wall">
          {shown.map((terminal) => (
            <WallCard key={terminal.id} terminal={terminal} isMonitor={isFull} />
          ))}
        </div>
      )}
    </Flex>
  )
}

function Queues({ queues }: { readonly queues: Wall['queues'] }) {
  const words = useWords().devices
  return (
    <Flex vertical>
      {queues.map(({ eta_seconds: eta, payment_system: system, waiting }) => (
        <Typography.Text key={system}>
          {waiting === 0 ? words.nobodyWaits : words.queue(waiting)}
          {waiting > 0 && eta !== null ? ` · ${words.queueEta(lasting(eta, words))}` : ''}
          {eta === null ? ` · ${words.queueHopeless}` : ''}
        </Typography.Text>
      ))}
    </Flex>
  )
}
