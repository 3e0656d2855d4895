// What waits for a person, desk by desk, with the way there. Nothing waiting is said too.

import type { DesksAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Flex } from 'antd'
import { read } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { useWords } from '../words/language.tsx'

const EVERY_MS = 30_000

export function Waiting() {
  const words = useWords()
  const may = useMay()
  const { data } = useQuery({
    queryKey: ['desks'],
    queryFn: () => read<DesksAnswer>('/api/admin/desks'),
    enabled: may('desks.read'),
    refetchInterval: EVERY_MS,
  })
  if (data === undefined) return null
  const busy = data.desks.filter(({ open }) => open > 0)
  if (busy.length === 0)
    return <Alert type="success" showIcon title={words.overview.nothingWaits} />
  const all = busy.reduce((sum, { open }) => sum + open, 0)
  return (
    <Alert
      type="warning"
      showIcon
      title={words.overview.waiting(all)}
      description={
        <Flex gap={16} wrap>
          {busy.map(({ desk, open }) => (
            <Link key={desk} to="/tasks" search={{ desk }}>
              {words.tasks.desk[desk]}: {open}
            </Link>
          ))}
        </Flex>
      }
    />
  )
}
