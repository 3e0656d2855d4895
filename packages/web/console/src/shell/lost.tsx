// What is shown where there is no page, and where one broke.

import { Link, useRouter } from '@tanstack/react-router'
import { Button, Result } from 'antd'
import { useWords } from '../words/language.tsx'

export function Lost() {
  const words = useWords()
  return (
    <Result
      status="404"
      title={words.error.lost}
      subTitle={words.error.lostHint}
      extra={<Link to="/">{words.act.first}</Link>}
    />
  )
}

export function Broken() {
  const words = useWords()
  const router = useRouter()
  return (
    <Result
      status="warning"
      title={words.error.broken}
      extra={<Button onClick={() => void router.invalidate()}>{words.act.retry}</Button>}
    />
  )
}
