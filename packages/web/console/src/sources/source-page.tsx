// One source: its terms, its keys, its webhooks, a tab for each that one may see.

import type { SourceAnswer, SourceData } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Typography } from 'antd'
import { read } from '../api/call.ts'
import { type Right, useMay } from '../api/me.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Sections } from '../parts/sections.tsx'
import { Deliveries } from '../webhooks/deliveries.tsx'
import { Doctor } from '../webhooks/doctor.tsx'
import { Health } from '../webhooks/health.tsx'
import { Replays } from '../webhooks/replays.tsx'
import { useWords } from '../words/language.tsx'
import { Activity } from './activity.tsx'
import { ChangeForm } from './change-form.tsx'
import { Keys } from './keys.tsx'
import { MethodsFor } from './methods-for.tsx'
import { filtersOf, type SourceSearch, TABS, type Tab } from './source-search.ts'

const OPENED_BY: Readonly<Record<Tab, Right>> = {
  settings: 'sources.read',
  money: 'sources.read',
  refunds: 'sources.read',
  keys: 'sources.secrets',
  webhooks: 'sources.read',
  deliveries: 'deliveries.read',
  doctor: 'deliveries.read',
}

export function SourcePage() {
  const words = useWords()
  const { id } = useParams({ from: '/sources/$id' })
  const source = useQuery({
    queryKey: ['source', id],
    queryFn: () => read<SourceAnswer>(`/api/admin/sources/${encodeURIComponent(id)}`),
  })
  return (
    <Page
      title={source.data?.name ?? words.pages.sources}
      actions={
        source.data === undefined ? null : (
          <>
            <Typography.Text type="secondary">№ {source.data.id}</Typography.Text>
            <Activity isActive={source.data.is_active} />
          </>
        )
      }
    >
      <Loaded query={source} rows={10}>
        {(data) => <Tabbed source={data} />}
      </Loaded>
    </Page>
  )
}

function Tabbed({ source }: { readonly source: SourceData }) {
  const words = useWords().source
  const may = useMay()
  const navigate = useNavigate()
  const search = useSearch({ from: '/sources/$id' })
  const open = TABS.filter((name) => may(OPENED_BY[name]))
  const here = open.find((name) => name === search.tab) ?? 'settings'
  const go = (next: SourceSearch) =>
    void navigate({ to: '/sources/$id', params: { id: String(source.id) }, search: next })
  return (
    <>
      <Sections
        here={here}
        sections={open.map((key) => ({ key, title: words.tab[key] }))}
        onGo={(tab) => go({ tab })}
      />
      <Content here={here} source={source} search={search} onGo={go} />
    </>
  )
}

interface ContentProps {
  readonly here: Tab
  readonly source: SourceData
  readonly search: SourceSearch
  readonly onGo: (search: SourceSearch) => void
}

function Content({ here, source, search, onGo }: ContentProps) {
  const may = useMay()
  switch (here) {
    case 'settings':
      return <ChangeForm key={here} source={source} part={here} />
    case 'money':
      return (
        <>
          <ChangeForm key={here} source={source} part={here} />
          {may('methods.read') ? <MethodsFor source={source} /> : null}
        </>
      )
    case 'refunds':
      return <ChangeForm key={here} source={source} part={here} />
    case 'keys':
      return <Keys source={source} />
    case 'webhooks':
      return (
        <>
          <ChangeForm key={here} source={source} part={here} />
          {may('deliveries.read') ? <Health sourceId={source.id} /> : null}
        </>
      )
    case 'deliveries':
      return (
        <>
          <Replays sourceId={source.id} />
          <Deliveries
            sourceId={source.id}
            filters={filtersOf(search)}
            onFilter={(filters) => onGo({ ...filters, tab: here })}
          />
        </>
      )
    case 'doctor':
      return <Doctor source={source} />
  }
}
