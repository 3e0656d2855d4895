// A list of the centre's: a table where there is room, cards where there is not. Nothing scrolls sideways.

import { Card, Empty, Flex, Grid, Table, type TableColumnsType, Typography } from 'antd'
import type { ReactNode } from 'react'

interface Props<Row> {
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string | number
  readonly columns: TableColumnsType<Row>
  /** The same row for a phone. */
  readonly card: (row: Row) => ReactNode
  readonly none: string
  readonly noneHint?: string | undefined
  readonly onOpen?: (row: Row) => void
}

export function Rows<Row extends object>(props: Props<Row>) {
  const { rows, keyOf, columns, card, none, noneHint, onOpen } = props
  const isWide = Grid.useBreakpoint().lg === true
  if (rows.length === 0) {
    return (
      <Card>
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={none}>
          {noneHint === undefined ? null : (
            <Typography.Text type="secondary">{noneHint}</Typography.Text>
          )}
        </Empty>
      </Card>
    )
  }
  if (isWide) {
    return (
      <Table<Row>
        size="middle"
        dataSource={rows}
        rowKey={keyOf}
        columns={columns}
        pagination={false}
        tableLayout="fixed"
        {...(onOpen === undefined
          ? {}
          : { rowClassName: 'row-link', onRow: (row) => ({ onClick: () => onOpen(row) }) })}
      />
    )
  }
  return (
    <Flex vertical gap={8}>
      {rows.map((row) => (
        <Card
          key={keyOf(row)}
          size="small"
          {...(onOpen === undefined ? {} : { className: 'row-link', onClick: () => onOpen(row) })}
        >
          {card(row)}
        </Card>
      ))}
    </Flex>
  )
}
