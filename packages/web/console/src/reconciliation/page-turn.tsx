// To the next page of a list by its cursor, and back to the first.

import { Button, Flex } from 'antd'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly cursor: string | undefined
  readonly next: string | null
  /** Undefined is the first page. */
  readonly onGo: (cursor: string | undefined) => void
}

export function PageTurn({ cursor, next, onGo }: Props) {
  const words = useWords().act
  if (cursor === undefined && next === null) return null
  return (
    <Flex gap={8}>
      {cursor === undefined ? null : <Button onClick={() => onGo(undefined)}>{words.first}</Button>}
      {next === null ? null : <Button onClick={() => onGo(next)}>{words.next}</Button>}
    </Flex>
  )
}
