// The whole test of a terminal: its lines are there from the beginning and are filled as the centre finds them.

import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons'
import type { SelfTestEvent, TerminalCheckLine } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Progress, Typography, theme } from 'antd'
import { useEffect, useState } from 'react'
import { writeAndHear } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'

const CHECKS: readonly TerminalCheckLine['check'][] = [
  'network',
  'tls',
  'token',
  'device',
  'clock',
  'camera',
  'qr',
  'stop',
]

interface Props {
  readonly terminalId: number
  /** Told once the test has come to its end. */
  readonly onTested?: (isWell: boolean) => void
}

/** Starts by itself when it is shown. */
export function CheckList({ terminalId, onTested }: Props) {
  const words = useWords().devices.test
  const client = useQueryClient()
  const [lines, setLines] = useState<readonly TerminalCheckLine[]>([])
  const [checkedAt, setCheckedAt] = useState<string | null>(null)
  const { error, isPending, isSuccess, mutate } = useMutation({
    mutationFn: async () => {
      setLines([])
      setCheckedAt(null)
      const found: TerminalCheckLine[] = []
      await writeAndHear<SelfTestEvent>(
        `/api/admin/terminals/${terminalId}/self-test/live`,
        (event) => {
          if ('checked_at' in event) {
            setCheckedAt(event.checked_at)
            onTested?.(found.every(({ state }) => state !== 'failed'))
            return
          }
          found.push(...event.lines)
          setLines([...found])
        },
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['terminals'] }),
  })
  useEffect(() => mutate(), [mutate])
  return (
    <Flex vertical gap={12}>
      <Progress
        percent={Math.round((100 * lines.length) / CHECKS.length)}
        showInfo={false}
        aria-label={words.running}
        size="small"
      />
      <div role="status">
        {isPending ? words.running : null}
        {checkedAt === null ? null : (
          <Typography.Text strong>
            {outcomeOf(lines, words)} · {words.at(moment(checkedAt))}
          </Typography.Text>
        )}
      </div>
      {CHECKS.map((check) => (
        <LineView
          key={check}
          check={check}
          line={lines.find((line) => line.check === check) ?? null}
        />
      ))}
      <Trouble error={error} />
      {isSuccess && checkedAt === null ? (
        <Typography.Text type="warning">{words.cut}</Typography.Text>
      ) : null}
      {checkedAt === null ? null : <Typography.Text type="secondary">{words.kept}</Typography.Text>}
      <Button disabled={isPending} onClick={() => mutate()}>
        {words.again}
      </Button>
    </Flex>
  )
}

interface LineProps {
  readonly check: TerminalCheckLine['check']
  /** Null until it is found. */
  readonly line: TerminalCheckLine | null
}

function LineView({ check, line }: LineProps) {
  const words = useWords()
  const { token } = theme.useToken()
  const icons = {
    ok: <CheckCircleOutlined style={{ color: token.colorSuccess }} />,
    warning: <ExclamationCircleOutlined style={{ color: token.colorWarning }} />,
    failed: <CloseCircleOutlined style={{ color: token.colorError }} />,
    skipped: <MinusCircleOutlined />,
  } as const
  return (
    <Flex gap={10} align="flex-start">
      {line === null ? <ClockCircleOutlined /> : icons[line.state]}
      <div>
        <Typography.Text strong>{words.terminals.check[check] ?? check}</Typography.Text>{' '}
        <Typography.Text type="secondary">
          {line === null ? words.devices.test.waiting : words.terminals.checked[line.state]}
        </Typography.Text>
        {line === null ? null : <div>{line.message}</div>}
        {line?.cure == null ? null : (
          <Typography.Text type="secondary">{line.cure}</Typography.Text>
        )}
      </div>
    </Flex>
  )
}

/** A device that is at work is not asked: that it is well would be too much to say. */
function outcomeOf(lines: readonly TerminalCheckLine[], words: Words['devices']['test']): string {
  const failed = lines.filter(({ state }) => state === 'failed').length
  if (failed > 0) return words.unwell(failed)
  const isAsked = lines.some(({ check, state }) => check === 'device' && state !== 'skipped')
  return isAsked ? words.well : words.partly
}
