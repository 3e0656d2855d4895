// The bell: what is wrong now and what was, for whoever may know. Opening it and saying so marks it read.

import { BellOutlined } from '@ant-design/icons'
import type { AlertData, AlertsAnswer, AlertsReadAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge, Button, Drawer, Empty, Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import { read, write } from '../api/call.ts'
import { useEvery } from '../api/contact.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'

const ALERTS = ['alerts'] as const
const SHOWN = 50
const EVERY_MS = 30_000

export function Bell() {
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  const alerts = useQuery({
    queryKey: ALERTS,
    queryFn: () => read<AlertsAnswer>('/api/admin/alerts', { limit: SHOWN }),
    refetchInterval: useEvery(EVERY_MS),
  })
  const unread = alerts.data?.unread ?? 0
  return (
    <>
      <Badge count={unread} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={unread === 0 ? words.bell.title : words.bell.unread(unread)}
          onClick={() => setOpen(true)}
        />
      </Badge>
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={words.bell.title} size={420}>
        <Loaded query={alerts}>
          {({ alerts: lines }) => <Lines lines={lines} unread={unread} />}
        </Loaded>
      </Drawer>
    </>
  )
}

function Lines({ lines, unread }: { lines: readonly AlertData[]; unread: number }) {
  const words = useWords()
  const client = useQueryClient()
  const reading = useMutation({
    mutationFn: (upTo: number) =>
      write<AlertsReadAnswer>('POST', '/api/admin/alerts/read', { up_to: upTo }),
    onSuccess: () => client.invalidateQueries({ queryKey: ALERTS }),
  })
  const [newest] = lines
  if (newest === undefined) {
    return (
      <Empty description={words.bell.none}>
        <Typography.Text type="secondary">{words.bell.noneHint}</Typography.Text>
      </Empty>
    )
  }
  return (
    <Flex vertical gap={16}>
      <Trouble error={reading.error} ofWrite />
      {unread === 0 ? null : (
        <Button loading={reading.isPending} onClick={() => reading.mutate(newest.id)}>
          {words.bell.read}
        </Button>
      )}
      {lines.map((alert) => (
        <Line key={alert.id} alert={alert} />
      ))}
    </Flex>
  )
}

function Line({ alert }: { readonly alert: AlertData }) {
  const words = useWords()
  const isOver = alert.ended_at !== null
  return (
    <div>
      <Flex gap={8} align="center" wrap>
        <Tag color={isOver ? 'default' : alert.severity === 'critical' ? 'error' : 'warning'}>
          {isOver ? words.bell.ended : words.bell.going}
        </Tag>
        <Typography.Text type="secondary" className="moment">
          {moment(alert.opened_at)}
        </Typography.Text>
      </Flex>
      <Typography.Text strong={alert.read_at === null}>{alert.text}</Typography.Text>{' '}
      {alert.transaction_id === null ? null : (
        <Link to="/payments/$id" params={{ id: alert.transaction_id }}>
          {words.act.open}
        </Link>
      )}
    </div>
  )
}
