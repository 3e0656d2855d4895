// Money of a statement's time that no statement shows: the entries of the desk that wait because of it.

import type { MissingThereAnswer } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Card, Empty, Flex } from 'antd'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { EntryCard } from '../tasks/entry-card.tsx'
import { useWords } from '../words/language.tsx'
import { PageTurn } from './page-turn.tsx'
import type { StatementSearch } from './reconciliation-search.ts'

const LIMIT = 30

interface Props {
  readonly statementId: number
  readonly cursor: string | undefined
  readonly onGo: (search: StatementSearch) => void
}

export function MissingThere({ statementId, cursor, onGo }: Props) {
  const words = useWords().reconciliation.operation
  const page = useQuery({
    // Under the desks: what is done with an entry has this asked for again.
    queryKey: ['desks', 'missing-there', statementId, cursor],
    queryFn: () =>
      read<MissingThereAnswer>(`/api/admin/statements/${statementId}/missing-there`, {
        limit: LIMIT,
        cursor,
      }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={page}>
      {({ entries, next_cursor: next }) => (
        <Flex vertical gap={12}>
          {entries.length === 0 ? (
            <Card>
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.noneMissing} />
            </Card>
          ) : (
            entries.map((entry) => <EntryCard key={entry.id} entry={entry} />)
          )}
          <PageTurn
            cursor={cursor}
            next={next}
            onGo={(to) => onGo({ outcome: 'missing_there', cursor: to })}
          />
        </Flex>
      )}
    </Loaded>
  )
}
