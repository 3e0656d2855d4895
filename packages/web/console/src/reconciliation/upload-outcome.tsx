// What an upload came to, with the way to the statement. It stays until another file is wanted.

import type { StatementUploadAnswer } from '@byfly-pay/contract'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Flex } from 'antd'
import { count } from '../show/money.ts'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly answer: StatementUploadAnswer['data']
  readonly onAgain: () => void
}

export function UploadOutcome({ answer, onAgain }: Props) {
  const words = useWords().reconciliation.upload
  const { explained, fees_booked: fees, opened, payouts_booked: payouts, statement } = answer
  const isRead = answer.state === 'read'
  const lines = [
    words.opened(count(opened)),
    ...(explained === 0 ? [] : [words.explained(count(explained))]),
    ...(fees === 0 ? [] : [words.fees(count(fees))]),
    ...(payouts === 0 ? [] : [words.payouts(count(payouts))]),
  ]
  return (
    <Alert
      role="status"
      type={isRead ? (opened === 0 ? 'success' : 'warning') : 'info'}
      showIcon
      title={isRead ? words.read(count(statement?.operations ?? 0)) : words.repeated}
      description={
        <Flex vertical gap={8} align="flex-start">
          {isRead ? lines.map((line) => <div key={line}>{line}</div>) : null}
          <Flex gap={16} align="center" wrap>
            {statement === null ? null : (
              <Link to="/reconciliation/statements/$id" params={{ id: String(statement.id) }}>
                {words.open}
              </Link>
            )}
            <Button size="small" onClick={onAgain}>
              {words.again}
            </Button>
          </Flex>
        </Flex>
      }
    />
  )
}
