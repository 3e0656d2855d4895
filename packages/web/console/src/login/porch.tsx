// The frame of what is shown before somebody is in: one narrow card.

import { Card, Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { Choices } from '../shell/choices.tsx'
import { Ground } from '../shell/ground.tsx'
import { useWords } from '../words/language.tsx'

const NARROW = 400
/** For what has more to say than a form. */
export const WIDE = 520

interface Props {
  readonly children: ReactNode
  readonly width?: number
}

export function Porch({ children, width = NARROW }: Props) {
  const words = useWords()
  return (
    <Ground>
      <Flex
        component="main"
        vertical
        align="center"
        justify="center"
        gap={16}
        style={{ minHeight: '100vh', padding: 16, boxSizing: 'border-box' }}
      >
        <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
          {words.product}
        </Typography.Title>
        <Card style={{ width: '100%', maxWidth: width }}>{children}</Card>
        <Choices />
      </Flex>
    </Ground>
  )
}
