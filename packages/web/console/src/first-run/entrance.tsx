// What somebody sees who is not logged in: the way to log in or, while there is nobody who could, the first
// run.

import { Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import { LoginPage } from '../login/login-page.tsx'
import { Porch } from '../login/porch.tsx'
import { useSetup } from './standing.ts'

// Once in the life of a centre: nobody else need fetch it.
const Welcome = lazy(async () => ({ default: (await import('./welcome.tsx')).Welcome }))
const NeedsTls = lazy(async () => ({ default: (await import('./needs-tls.tsx')).NeedsTls }))

export function Entrance() {
  const { data, isPending } = useSetup()
  const waiting = (
    <Porch>
      <Skeleton active />
    </Porch>
  )
  if (isPending) return waiting
  // A centre that cannot say so is not empty for all anybody knows.
  if (data?.is_open !== true) return <LoginPage />
  return <Suspense fallback={waiting}>{data.is_safe ? <Welcome /> : <NeedsTls />}</Suspense>
}
