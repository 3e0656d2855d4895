// The first rows of a table that the centre does not know, as the file has them. On a phone each row is a card
// of its own, for a bank's table is never as narrow.

import { Card, Flex, Grid, Table, Typography } from 'antd'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly heading: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

interface Line {
  readonly key: number
  readonly cells: readonly string[]
}

export function SampleRows({ heading, rows }: Props) {
  const words = useWords().reconciliation.columns
  const isWide = Grid.useBreakpoint().lg === true
  const lines: readonly Line[] = rows.map((cells, key) => ({ key, cells }))
  return (
    <div>
      <Typography.Title level={3} style={{ fontSize: 15 }}>
        {words.preview}
      </Typography.Title>
      {isWide ? (
        <Table<Line>
          size="small"
          bordered
          pagination={false}
          tableLayout="fixed"
          dataSource={lines}
          columns={heading.map((title, place) => ({
            key: place,
            title,
            ellipsis: true,
            render: (_, { cells }) => cells[place],
          }))}
        />
      ) : (
        <Flex vertical gap={8}>
          {lines.slice(0, 2).map(({ cells, key }) => (
            <Card key={key} size="small">
              {heading.map((title, place) => (
                <div key={title}>
                  <Typography.Text type="secondary">{title}:</Typography.Text> {cells[place]}
                </div>
              ))}
            </Card>
          ))}
        </Flex>
      )}
    </div>
  )
}
