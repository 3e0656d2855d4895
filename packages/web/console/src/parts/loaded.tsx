// What is asked of the centre, shown in each of its states: a skeleton of the same shape, a refusal with a
// way to ask again, or the thing itself.

import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useContact } from '../api/contact.ts'
import { Trouble } from './trouble.tsx'

interface Props<Data> {
  readonly query: UseQueryResult<Data>
  readonly rows?: number
  readonly children: (data: Data) => ReactNode
}

export function Loaded<Data>({ query, rows = 6, children }: Props<Data>) {
  const { data, error, isPending, refetch } = query
  const { isLost } = useContact()
  if (isPending) return <Skeleton active title={false} paragraph={{ rows }} />
  // What is known already stays on the page when it cannot be asked for again.
  if (data === undefined) return <Trouble error={error} onRetry={() => void refetch()} />
  return (
    <>
      {/* That the centre is not heard is said once, above the page. */}
      {isLost ? null : <Trouble error={error} onRetry={() => void refetch()} />}
      {children(data)}
    </>
  )
}
