// A part of a page under a heading of its own.

import { Card } from 'antd'
import type { ReactNode } from 'react'

export function Part({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <Card size="small" title={<h2 style={{ fontSize: 15, margin: 0 }}>{title}</h2>}>
      {children}
    </Card>
  )
}
