// The attempts of a payment, each with what was said to its terminal, word for word and folded away.

import { Collapse, Flex, Typography } from 'antd'
import { moment, momentToSecond } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Story } from './story.ts'

type Attempt = Story['attempts'][number]
type Exchange = Story['exchanges'][number]

export function Attempts({ story }: { readonly story: Story }) {
  const words = useWords().payments.story
  if (story.attempts.length === 0) {
    return <Typography.Text type="secondary">{words.noAttempts}</Typography.Text>
  }
  return (
    <Flex vertical gap={16}>
      {story.attempts.map((attempt) => (
        <AttemptPart key={attempt.id} attempt={attempt} story={story} />
      ))}
    </Flex>
  )
}

function AttemptPart({ attempt, story }: { readonly attempt: Attempt; readonly story: Story }) {
  const words = useWords().payments.story
  const exchanges = story.exchanges.filter(({ attempt_id: id }) => id === attempt.id)
  return (
    <div>
      <Flex gap={8} wrap>
        <Typography.Text strong className="sum">
          {money(attempt.charge_amount, story.currency)}
        </Typography.Text>
        <Typography.Text>{attempt.terminal_name ?? '—'}</Typography.Text>
        <Typography.Text type="secondary" className="moment">
          {moment(attempt.created_at)}
        </Typography.Text>
      </Flex>
      <div>{attempt.sentence}</div>
      {exchanges.length === 0 ? null : (
        <Collapse
          ghost
          size="small"
          items={[
            {
              key: 'said',
              label: `${words.said}: ${exchanges.length}`,
              children: exchanges.map((line) => (
                <ExchangeLine key={`${line.at_utc}-${line.call}`} line={line} />
              )),
            },
          ]}
        />
      )}
    </div>
  )
}

function ExchangeLine({ line }: { readonly line: Exchange }) {
  const words = useWords().payments.story
  return (
    <div style={{ marginBottom: 8 }}>
      <Typography.Text type="secondary">
        <span className="moment">{momentToSecond(line.at)}</span> · {line.call} ·{' '}
        {line.http_status ?? '—'} · {words.took(line.took_ms)}
        {line.repeats > 1 ? ` · ${words.repeats(line.repeats - 1)}` : ''}
      </Typography.Text>
      <pre className="said">{JSON.stringify(line.said, null, 1)}</pre>
    </div>
  )
}
