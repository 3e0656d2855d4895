// An empty centre that was opened in the open: the one screen that says what to do instead.

import { Alert, Flex, Typography } from 'antd'
import { Porch, WIDE } from '../login/porch.tsx'
import { useWords } from '../words/language.tsx'
import { Command } from './command.tsx'

export function NeedsTls() {
  const words = useWords().firstRun.needsTls
  const { hostname, port } = location
  const at = port === '' ? '80' : port
  return (
    <Porch width={WIDE}>
      <Flex vertical gap={12}>
        <Alert type="warning" showIcon title={words.title} description={words.text} />
        <Typography.Text>{words.own}</Typography.Text>
        <Command
          lines={[
            'BYFLY_TLS_CERT=/etc/byfly/fullchain.pem',
            'BYFLY_TLS_KEY=/etc/byfly/privkey.pem',
            'BYFLY_PUBLIC_URL=https://pay.example.kz',
          ]}
        />
        <Typography.Text>{words.tunnel}</Typography.Text>
        <Command lines={[`ssh -L ${at}:127.0.0.1:${at} root@${hostname}`]} />
        <Typography.Text>{words.thenOpen}</Typography.Text>
        <Command lines={[`http://localhost:${at}/console/`]} />
        <Typography.Text type="secondary">{words.proxy}</Typography.Text>
      </Flex>
    </Porch>
  )
}
