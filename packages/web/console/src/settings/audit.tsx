// The audit: who changed what, from where, what was and what came to be.

import type { AuditAnswer, AuditLineData } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Card, Flex, Typography } from 'antd'
import { useState } from 'react'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { momentToSecond } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'

const LIMIT = 30

export function Audit() {
  const words = useWords()
  const [cursor, setCursor] = useState<string | undefined>()
  const page = useQuery({
    queryKey: ['audit', cursor],
    queryFn: () => read<AuditAnswer>('/api/admin/audit', { limit: LIMIT, cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={page} rows={10}>
      {({ lines, next_cursor: next }) => (
        <Flex vertical gap={8}>
          {lines.map((line) => (
            <LineCard key={line.seq} line={line} />
          ))}
          <Flex gap={8}>
            {cursor === undefined ? null : (
              <Button onClick={() => setCursor(undefined)}>{words.act.first}</Button>
            )}
            {next === null ? null : (
              <Button onClick={() => setCursor(next)}>{words.act.next}</Button>
            )}
          </Flex>
        </Flex>
      )}
    </Loaded>
  )
}

function LineCard({ line }: { readonly line: AuditLineData }) {
  const { action, actor_name: who, at, facts, ip, seq, target_id: id, target_kind: kind } = line
  return (
    <Card size="small">
      <Flex gap={8} wrap align="baseline">
        <Typography.Text type="secondary" className="moment">
          {seq} · {momentToSecond(at)}
        </Typography.Text>
        <Typography.Text strong>{who}</Typography.Text>
        <Typography.Text code>{action}</Typography.Text>
        <Typography.Text type="secondary">
          {kind} {id} {ip === null ? '' : `· ${ip}`}
        </Typography.Text>
      </Flex>
      {Object.entries(facts).map(([name, fact]) => (
        <div key={name}>
          <Typography.Text type="secondary">{name}:</Typography.Text> {said(fact)}
        </div>
      ))}
    </Card>
  )
}

/** A change as what was and what is; anything else as it was written. */
function said(fact: unknown): string {
  if (typeof fact === 'object' && fact !== null && 'before' in fact && 'after' in fact) {
    return `${plain(fact.before)} → ${plain(fact.after)}`
  }
  return plain(fact)
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
