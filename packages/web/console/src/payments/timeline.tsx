// What happened to a payment, in order, each step in the centre's own sentence and on whose word.

import { Timeline as AntTimeline, Typography } from 'antd'
import { momentToSecond } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'
import type { Status } from './filters.ts'
import { StatusTag } from './status-tag.tsx'
import type { Story } from './story.ts'

type Step = Story['timeline'][number]

export function Timeline({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <AntTimeline
      items={steps.map((step, at) => ({
        key: `${step.at_utc}-${at}`,
        color: step.status_after === 'failed' ? 'red' : isTurn(step) ? 'blue' : 'gray',
        content: <StepLine step={step} />,
      }))}
    />
  )
}

function isTurn({ status_after: after, status_before: before }: Step): boolean {
  return after !== null && after !== before
}

function StepLine({ step }: { readonly step: Step }) {
  const words = useWords()
  const { status_after: after } = step
  return (
    <div>
      <Typography.Text type="secondary" className="moment">
        {momentToSecond(step.at)}
      </Typography.Text>{' '}
      {step.who === null ? null : <Typography.Text type="secondary">{step.who}</Typography.Text>}
      <div>
        {step.sentence}{' '}
        {isTurn(step) && after !== null && after in words.payments.status ? (
          <StatusTag status={after as Status} />
        ) : null}
      </div>
    </div>
  )
}
