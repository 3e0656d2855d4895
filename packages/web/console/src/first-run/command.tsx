// What is to be typed on the server, whole, to be copied.

import { Flex, Typography } from 'antd'

export function Command({ lines }: { readonly lines: readonly string[] }) {
  const text = lines.join('\n')
  return (
    <Flex justify="space-between" gap={8}>
      <Typography.Text code style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Typography.Text>
      <Typography.Text copyable={{ text, tooltips: false }} />
    </Flex>
  )
}
