// Who may pass: nobody sees a page before the centre has said who they are. The address stays as it was, so
// that a link from a colleague opens after logging in.

import { RouterProvider } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useStanding } from '../api/me.ts'
import { Entrance } from '../first-run/entrance.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { router } from '../router.tsx'
import { EnrolPage } from './enrol-page.tsx'
import { Porch } from './porch.tsx'

export function Door() {
  const { data, error, isPending, refetch } = useStanding()
  if (isPending) {
    return (
      <Porch>
        <Skeleton active />
      </Porch>
    )
  }
  if (data === undefined) {
    return (
      <Porch>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Porch>
    )
  }
  if (data === null) return <Entrance />
  if (data === 'must_enrol') return <EnrolPage />
  return <RouterProvider router={router} />
}
