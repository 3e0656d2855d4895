// From an empty centre to its first payment, step by step. Which are done the centre says, as it is now; the
// first that is not lies open, and any other can be looked into.

import { CheckCircleFilled, MinusCircleOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Alert, Collapse, Flex, Tag, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { useWords } from '../words/language.tsx'
import { AddressStep } from './address-step.tsx'
import { PaymentStep } from './payment-step.tsx'
import { SmsStep } from './sms-step.tsx'
import { SourceStep } from './source-step.tsx'
import { type FirstRun, type StepName, useFirstRun } from './standing.ts'
import { TerminalStep } from './terminal-step.tsx'

const EVERY_MS = 5_000

export function FirstRunPage() {
  const words = useWords().firstRun
  const standing = useFirstRun(EVERY_MS)
  return (
    <Page title={words.title}>
      <div style={{ width: '100%', maxWidth: 720 }}>
        <Loaded query={standing}>{(data) => <Steps firstRun={data} />}</Loaded>
      </div>
    </Page>
  )
}

function Steps({ firstRun }: { readonly firstRun: FirstRun }) {
  const words = useWords().firstRun
  const [chosen, setChosen] = useState<StepName | null>(null)
  const { steps } = firstRun
  const next = steps.find(({ is_done: isDone }) => !isDone)?.step ?? null
  const here = chosen ?? next
  const isReady = steps.every(({ is_done: isDone }) => isDone)
  const content: Readonly<Record<StepName, ReactNode>> = {
    address: <AddressStep publicUrl={firstRun.public_url} />,
    sms: <SmsStep />,
    terminal: <TerminalStep />,
    source: <SourceStep />,
    // What is paid meanwhile must not close before somebody has seen it.
    payment: <PaymentStep steps={steps} onBegun={() => setChosen('payment')} />,
  }
  return (
    <Flex vertical gap={16}>
      {isReady ? <Ready /> : <Typography.Text>{words.lead}</Typography.Text>}
      <Collapse
        destroyOnHidden
        // One at a time, but not by antd's accordion, whose roles screen readers cannot follow.
        activeKey={here === null ? [] : [here]}
        onChange={(keys) => setChosen((keys.at(-1) as StepName | undefined) ?? null)}
        items={steps.map(({ is_done: isDone, step }, index) => ({
          key: step,
          label: <Title number={index + 1} step={step} isDone={isDone} />,
          children: (
            <Flex vertical gap={16}>
              <Typography.Text type="secondary">{words.why[step]}</Typography.Text>
              {content[step]}
            </Flex>
          ),
        }))}
      />
    </Flex>
  )
}

interface TitleProps {
  readonly number: number
  readonly step: StepName
  readonly isDone: boolean
}

function Title({ isDone, number, step }: TitleProps) {
  const words = useWords().firstRun
  return (
    <Flex justify="space-between" gap={8} align="center" wrap>
      <Typography.Text strong>
        {number}. {words.step[step]}
      </Typography.Text>
      <Tag
        icon={isDone ? <CheckCircleFilled /> : <MinusCircleOutlined />}
        color={isDone ? 'success' : 'default'}
        style={{ marginInlineEnd: 0 }}
      >
        {isDone ? words.done : words.toDo}
      </Tag>
    </Flex>
  )
}

function Ready() {
  const all = useWords()
  const words = all.firstRun
  return (
    <Alert
      type="success"
      showIcon
      title={words.allDone}
      description={
        <Flex vertical gap={8}>
          {words.allDoneText}
          <Flex gap={16} wrap>
            <Link to="/settings" search={{ tab: 'admins' }}>
              {all.settings.tab.admins}
            </Link>
            <Link to="/settings" search={{ tab: 'methods' }}>
              {all.settings.tab.methods}
            </Link>
            <Link to="/terminals">{all.pages.terminals}</Link>
          </Flex>
        </Flex>
      }
    />
  )
}
