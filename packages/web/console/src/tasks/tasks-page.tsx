// What waits for a person, desk by desk: the oldest first, with its age, its owner and what may be done.

import type { DeskAnswer, DeskEntryData, DesksAnswer } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Card, Empty, Flex, Segmented } from 'antd'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Sections } from '../parts/sections.tsx'
import { useWords } from '../words/language.tsx'
import { EntryCard } from './entry-card.tsx'
import type { TaskSearch } from './task-search.ts'

const EVERY_MS = 15_000
const LIMIT = 30

type Desks = DesksAnswer['data']['desks']

export function TasksPage() {
  const words = useWords()
  const search = useSearch({ from: '/tasks' })
  const navigate = useNavigate()
  const desks = useQuery({
    queryKey: ['desks'],
    queryFn: () => read<DesksAnswer>('/api/admin/desks'),
    refetchInterval: EVERY_MS,
  })
  const go = (next: TaskSearch) => void navigate({ to: '/tasks', search: next })
  return (
    <Page title={words.pages.tasks}>
      <Loaded query={desks} rows={10}>
        {({ desks: all }) => <Room desks={all} search={search} onGo={go} />}
      </Loaded>
    </Page>
  )
}

interface RoomProps {
  readonly desks: Desks
  readonly search: TaskSearch
  readonly onGo: (search: TaskSearch) => void
}

function Room({ desks, search, onGo }: RoomProps) {
  const words = useWords().tasks
  const busiest = desks.find(({ open }) => open > 0) ?? desks[0]
  const here = desks.find(({ desk }) => desk === search.desk) ?? busiest
  if (here === undefined) return null
  const { desk } = here
  return (
    <div className="beside-sections">
      <Sections
        isTall
        here={desk}
        sections={desks.map((each) => ({
          key: each.desk,
          title: words.desk[each.desk],
          count: each.open,
        }))}
        onGo={(key) => onGo({ ...search, desk: key, cursor: undefined })}
      />
      <Flex vertical gap={16}>
        <Segmented
          value={search.state ?? 'open'}
          onChange={(state) => onGo({ ...search, desk, state, cursor: undefined })}
          options={(['open', 'closed'] as const).map((value) => ({ value, label: words[value] }))}
          style={{ alignSelf: 'flex-start' }}
        />
        <DeskView desk={desk} search={search} onGo={onGo} />
      </Flex>
    </div>
  )
}

interface DeskProps {
  readonly desk: DeskEntryData['desk']
  readonly search: TaskSearch
  readonly onGo: (search: TaskSearch) => void
}

function DeskView({ desk, search, onGo }: DeskProps) {
  const words = useWords()
  const { cursor, state = 'open' } = search
  const page = useQuery({
    queryKey: ['desks', desk, state, cursor],
    queryFn: () => read<DeskAnswer>(`/api/admin/desks/${desk}`, { state, limit: LIMIT, cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  })
  return (
    <Loaded query={page} rows={8}>
      {({ entries, next_cursor: next }) => (
        <Flex vertical gap={12}>
          {entries.length === 0 ? (
            <Card>
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.tasks.none} />
            </Card>
          ) : (
            entries.map((entry) => <EntryCard key={entry.id} entry={entry} />)
          )}
          <Flex gap={8}>
            {cursor === undefined ? null : (
              <Button onClick={() => onGo({ ...search, cursor: undefined })}>
                {words.act.first}
              </Button>
            )}
            {next === null ? null : (
              <Button onClick={() => onGo({ ...search, desk, cursor: next })}>
                {words.act.next}
              </Button>
            )}
          </Flex>
        </Flex>
      )}
    </Loaded>
  )
}
