// What a centre still lacks to take money, said to those who can see to it until all of it is there.

import { Link, useLocation } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useWords } from '../words/language.tsx'
import { type StepName, useFirstRun } from './standing.ts'

const EVERY_MS = 60_000
const HERE = '/first-run'
/** Who sits at the machine itself, or shows it to somebody, needs no address yet. */
const AT_HOME = /^(localhost|127\.[\d.]+|\[::1\])$/

export function LeftToDo() {
  const words = useWords().firstRun
  const { pathname } = useLocation()
  const { data } = useFirstRun(EVERY_MS)
  const left = (data?.steps ?? []).filter(({ is_done: isDone }) => !isDone)
  const told = left.map(({ step }) => step).filter(isTold)
  if (told.length === 0 || pathname === HERE) return null
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={`${words.leftToDo}: ${told.map((step) => words.short[step]).join(', ')}`}
      action={<Link to={HERE}>{words.goOn}</Link>}
    />
  )
}

function isTold(step: StepName): boolean {
  return step !== 'address' || !AT_HOME.test(location.hostname)
}
