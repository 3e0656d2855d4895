// What the doctor sent, what came back, what it says of it and how to mend it, case by case.

import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons'
import type { CheckData, CheckedCaseData } from '@byfly-pay/contract'
import { Collapse, Flex, Tag, Typography, theme } from 'antd'
import type { ReactNode } from 'react'
import { count } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { useAdvice } from './advice.ts'
import { Said } from './delivery-page.tsx'
import { Sent } from './sent.tsx'

type Verdict = CheckedCaseData['verdict']

const ALL_CASES = 5
const COLOURS: Readonly<Record<Verdict, string>> = {
  well: 'success',
  warning: 'warning',
  bad: 'error',
  skipped: 'default',
}

export function VerdictTag({ verdict }: { readonly verdict: Verdict }) {
  return <Tag color={COLOURS[verdict]}>{useWords().webhooks.verdicts[verdict]}</Tag>
}

interface Props {
  readonly check: CheckData
  readonly isRunning: boolean
}

export function CheckedCases({ check: { cases }, isRunning }: Props) {
  return (
    <Flex vertical gap={16}>
      {cases.map((checked) => (
        <Case key={checked.case} checked={checked} />
      ))}
      {isRunning && cases.length < ALL_CASES ? <LoadingOutlined style={{ fontSize: 18 }} /> : null}
    </Flex>
  )
}

function Case({ checked }: { readonly checked: CheckedCaseData }) {
  const words = useWords().webhooks
  const adviceOf = useAdvice()
  const { body, headers, http_status: status, took_ms: tookMs } = checked
  const ms = count(tookMs ?? 0)
  // Why there was no answer says more than that there was none.
  const word = checked.finding === 'no_answer' ? checked.reason : checked.finding
  return (
    <Flex gap={12} align="flex-start">
      <Mark verdict={checked.verdict} />
      <Flex vertical gap={4} flex="1 1 0" style={{ minWidth: 0 }}>
        <Flex gap={8} align="center" wrap>
          <Typography.Text strong>{words.cases[checked.case]}</Typography.Text>
          <VerdictTag verdict={checked.verdict} />
        </Flex>
        <Typography.Text>{adviceOf(word, checked)}</Typography.Text>
        {body === null || headers === null ? null : (
          <Collapse
            ghost
            size="small"
            items={[
              {
                key: 'sent',
                label: status === null ? words.silence(ms) : words.cameBack(String(status), ms),
                children: (
                  <Flex vertical gap={8}>
                    {status === null ? null : <Said answer={checked.answer} />}
                    <Sent headers={headers} body={body} />
                  </Flex>
                ),
              },
            ]}
          />
        )}
      </Flex>
    </Flex>
  )
}

function Mark({ verdict }: { readonly verdict: Verdict }) {
  const { token } = theme.useToken()
  const marks: Readonly<Record<Verdict, ReactNode>> = {
    well: <CheckCircleOutlined style={{ color: token.colorSuccess, fontSize: 18 }} />,
    warning: <ExclamationCircleOutlined style={{ color: token.colorWarning, fontSize: 18 }} />,
    bad: <CloseCircleOutlined style={{ color: token.colorError, fontSize: 18 }} />,
    skipped: <MinusCircleOutlined style={{ color: token.colorTextSecondary, fontSize: 18 }} />,
  }
  return <span aria-hidden="true">{marks[verdict]}</span>
}
