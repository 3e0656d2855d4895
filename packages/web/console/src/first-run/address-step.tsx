// Where the links that customers get lead, and what has to be set on the server for it.

import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Typography } from 'antd'
import { useWords } from '../words/language.tsx'
import { Command } from './command.tsx'
import { FIRST_RUN } from './standing.ts'

export function AddressStep({ publicUrl }: { readonly publicUrl: string }) {
  const words = useWords().firstRun
  const client = useQueryClient()
  const isOther = new URL(publicUrl).origin !== location.origin
  return (
    <Flex vertical gap={12} align="flex-start">
      <Typography.Text>
        {words.address.now} <Typography.Text code>{publicUrl}</Typography.Text>
      </Typography.Text>
      {isOther ? (
        <Alert type="warning" showIcon title={words.address.other(location.origin)} />
      ) : null}
      <Typography.Text>{words.address.set}</Typography.Text>
      <Command
        lines={[
          'BYFLY_PUBLIC_URL=https://pay.example.kz',
          'BYFLY_TLS_CERT=/etc/byfly/fullchain.pem',
          'BYFLY_TLS_KEY=/etc/byfly/privkey.pem',
        ]}
      />
      <Button onClick={() => void client.invalidateQueries({ queryKey: FIRST_RUN })}>
        {words.check}
      </Button>
    </Flex>
  )
}
