// The head of a page: what it is, and what can be done on the whole of it.

import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, actions, children }: Props) {
  const { product } = useWords()
  useEffect(() => {
    document.title = `${title} — ${product}`
  }, [title, product])
  return (
    <Flex vertical gap={16}>
      <Flex align="center" justify="space-between" gap={12} wrap>
        <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
          {title}
        </Typography.Title>
        <Flex gap={8} wrap>
          {actions}
        </Flex>
      </Flex>
      {children}
    </Flex>
  )
}
