// Where somebody is logged in, and the end of each of these logins: one's own, or another's for a super admin.

import type { CloseSessionAnswer, SessionData, SessionsAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Tag, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'

export function Sessions({ address }: { readonly address: string }) {
  const words = useWords().own
  const client = useQueryClient()
  const queryKey = ['sessions', address]
  const sessions = useQuery({ queryKey, queryFn: () => read<SessionsAnswer>(address) })
  const closing = useMutation({
    mutationFn: (id: string) => write<CloseSessionAnswer>('DELETE', `${address}/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  return (
    <Loaded query={sessions} rows={3}>
      {(rows) => (
        <Flex vertical gap={12}>
          <Trouble error={closing.error} ofWrite />
          {rows.length === 0 ? (
            <Typography.Text type="secondary">{words.noSessions}</Typography.Text>
          ) : (
            rows.map((session) => (
              <SessionLine
                key={session.id}
                session={session}
                isEnding={closing.isPending && closing.variables === session.id}
                onEnd={() => closing.mutate(session.id)}
              />
            ))
          )}
        </Flex>
      )}
    </Loaded>
  )
}

interface LineProps {
  readonly session: SessionData
  readonly isEnding: boolean
  readonly onEnd: () => void
}

function SessionLine({ session, isEnding, onEnd }: LineProps) {
  const words = useWords().own
  const {
    created_at: from,
    ip,
    is_current: isCurrent,
    last_seen_at: seen,
    user_agent: by,
  } = session
  return (
    <Flex gap={12} align="center" justify="space-between" wrap>
      <div style={{ flex: '1 1 220px', minWidth: 0 }}>
        <Flex gap={8} wrap align="center">
          <Typography.Text strong>{browserOf(by) ?? words.unknownBrowser}</Typography.Text>
          {isCurrent ? <Tag color="success">{words.current}</Tag> : null}
        </Flex>
        <Typography.Text type="secondary">
          {words.since(moment(from))} · {words.seen(moment(seen))} · {ip}
        </Typography.Text>
      </div>
      {isCurrent ? null : (
        <Button loading={isEnding} onClick={onEnd}>
          {words.end}
        </Button>
      )}
    </Flex>
  )
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/YaBrowser/, 'Яндекс Браузер'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/curl\//, 'curl'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** As people name them; what is not known by these is not guessed. */
function browserOf(agent: string | null): string | null {
  const named = (list: typeof BROWSERS) => list.find(([sign]) => sign.test(agent ?? ''))?.[1]
  const names = [named(BROWSERS), named(SYSTEMS)].filter((name) => name !== undefined)
  return names.length === 0 ? null : names.join(', ')
}
