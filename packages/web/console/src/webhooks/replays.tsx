// A source's events of some time, sent again: asked for by a form, then watched to its end.

import type { ReplayData, ReplayStoppedAnswer, ReplaysAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Collapse, Flex, Progress, Typography } from 'antd'
import { useState } from 'react'
import { read, write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { count } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { ReplayForm } from './replay-form.tsx'
import { useEventName } from './state-tag.tsx'

const BUSY_MS = 1_000
const ALL_EVENTS = 5

export function replaysOf(sourceId: number) {
  return ['replays', sourceId] as const
}

export function Replays({ sourceId }: { readonly sourceId: number }) {
  const words = useWords().webhooks
  const may = useMay()
  const [isAsking, setAsking] = useState(false)
  const replays = useQuery({
    queryKey: replaysOf(sourceId),
    queryFn: () => read<ReplaysAnswer>(`/api/admin/sources/${sourceId}/replays`),
    refetchInterval: ({ state }) =>
      state.data?.some(({ finished_at: end }) => end === null) ? BUSY_MS : false,
  })
  const all = replays.data ?? []
  const [going] = all.filter(({ finished_at: end }) => end === null)
  const over = all.filter(({ finished_at: end }) => end !== null)
  return (
    <Flex vertical gap={12}>
      <Trouble error={replays.error} onRetry={() => void replays.refetch()} />
      {going === undefined ? (
        may('deliveries.resend') ? (
          <div>
            <Button onClick={() => setAsking(true)}>{words.replay}</Button>
          </div>
        ) : null
      ) : (
        <Going sourceId={sourceId} replay={going} />
      )}
      {over.length === 0 ? null : (
        <Collapse
          size="small"
          items={[
            {
              key: 'over',
              label: `${words.replays}: ${over.length}`,
              children: (
                <Flex vertical gap={16}>
                  {over.map((replay) => (
                    <About key={replay.id} replay={replay} />
                  ))}
                </Flex>
              ),
            },
          ]}
        />
      )}
      {isAsking ? <ReplayForm sourceId={sourceId} onDone={() => setAsking(false)} /> : null}
    </Flex>
  )
}

interface GoingProps {
  readonly sourceId: number
  readonly replay: ReplayData
}

function Going({ sourceId, replay }: GoingProps) {
  const words = useWords().webhooks
  const may = useMay()
  const client = useQueryClient()
  const stopping = useMutation({
    mutationFn: () =>
      write<ReplayStoppedAnswer>(
        'POST',
        `/api/admin/sources/${sourceId}/replays/${replay.id}/stop`,
      ),
    onSettled: () => client.invalidateQueries({ queryKey: replaysOf(sourceId) }),
  })
  return (
    <Flex vertical gap={8} role="status">
      <About replay={replay} />
      <Typography.Text type="secondary">{words.replayWaits}</Typography.Text>
      <Trouble error={stopping.error} ofWrite />
      {may('deliveries.resend') ? (
        <div>
          <Button loading={stopping.isPending} onClick={() => stopping.mutate()}>
            {words.replayStop}
          </Button>
        </div>
      ) : null}
    </Flex>
  )
}

function About({ replay }: { readonly replay: ReplayData }) {
  const words = useWords().webhooks
  const nameOf = useEventName()
  const { events, released, stopped_by: stoppedBy, total } = replay
  const percent = total === 0 ? 100 : Math.min(100, Math.floor((released / total) * 100))
  const named = events.length === ALL_EVENTS ? words.replayAll : events.map(nameOf).join(', ')
  return (
    <Flex vertical gap={2}>
      <Typography.Text strong>
        {words.replayed(moment(replay.from), moment(replay.to))}
      </Typography.Text>
      <Typography.Text type="secondary">
        {named} · {words.replayBy(replay.asked_by, moment(replay.created_at))}
      </Typography.Text>
      <Progress
        aria-label={words.replays}
        percent={percent}
        showInfo={false}
        size="small"
        style={{ maxWidth: 360 }}
      />
      <Typography.Text>
        {words.replayProgress(count(released), count(total))}
        {replay.finished_at === null
          ? ''
          : ` · ${stoppedBy === null ? words.replayDone : words.replayStopped(stoppedBy)}`}
      </Typography.Text>
    </Flex>
  )
}
