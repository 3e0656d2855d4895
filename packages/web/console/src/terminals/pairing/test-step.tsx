// The last step: the whole test, and then the terminal is put to work.

import type { TerminalData } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { write } from '../../api/call.ts'
import { Trouble } from '../../parts/trouble.tsx'
import { useWords } from '../../words/language.tsx'
import { CheckList } from '../check-list.tsx'

export function TestStep({ terminal }: { readonly terminal: TerminalData }) {
  const words = useWords().devices.pair
  const client = useQueryClient()
  const [isTesting, setTesting] = useState(false)
  const [isWell, setWell] = useState<boolean | null>(null)
  const starting = useMutation({
    mutationFn: () => write('PUT', `/api/admin/terminals/${terminal.id}`, { is_active: true }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['terminals'] }),
  })
  return (
    <Flex vertical gap={16}>
      {isTesting ? (
        <CheckList terminalId={terminal.id} onTested={setWell} />
      ) : (
        <>
          <Typography.Text>{words.testText}</Typography.Text>
          <div>
            <Button type="primary" onClick={() => setTesting(true)}>
              {words.startTest}
            </Button>
          </div>
        </>
      )}
      <Trouble error={starting.error} ofWrite />
      {terminal.is_active ? (
        <>
          <Alert type="success" showIcon title={words.done} />
          <Link to="/terminals">{words.toWall}</Link>
        </>
      ) : isWell === null ? null : (
        <div>
          <Button
            type={isWell ? 'primary' : 'default'}
            loading={starting.isPending}
            onClick={() => starting.mutate()}
          >
            {isWell ? words.finish : words.finishAnyway}
          </Button>
        </div>
      )}
    </Flex>
  )
}
