// A list of the centre's: a table where there is room, cards where there is not. Nothing scrolls sideways.

import { Card, Empty, Flex, Table, type TableColumnsType, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useWidth } from './width.ts'

/** In CSS pixels, for a column that names no width: a name of two words. */
const COLUMN_WIDTH = 110

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
  const { rows, none, noneHint } = props
  const [place, width] = useWidth()
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
  return <div ref={place}>{width === null ? null : <Drawn {...props} width={width} />}</div>
}

function Drawn<Row extends object>(props: Props<Row> & { readonly width: number }) {
  const { rows, keyOf, columns, card, onOpen, width } = props
  if (width >= neededBy(columns)) {
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

function neededBy<Row>(columns: TableColumnsType<Row>): number {
  return columns.reduce((sum, { width }) => sum + (Number(width) || COLUMN_WIDTH), 0)
}
