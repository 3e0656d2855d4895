// Figures side by side, each under its name; what needs saying of one stands below it.

import { Card, Statistic, Typography } from 'antd'

export interface Figure {
  readonly title: string
  readonly value: string
  readonly note?: string | null
}

export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <Card size="small">
      <div className="figures">
        {figures.map(({ note = null, title, value }) => (
          <div key={title}>
            <Statistic title={title} value={value} styles={{ content: { fontSize: 20 } }} />
            {note === null ? null : <Typography.Text type="secondary">{note}</Typography.Text>}
          </div>
        ))}
      </div>
    </Card>
  )
}
