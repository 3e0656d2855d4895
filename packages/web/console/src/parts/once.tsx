// What the centre shows one time only. It stays until whoever looks says that it is kept.

import { Alert, Button, Flex, Typography } from 'antd'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly secrets: Readonly<Record<string, string>>
  readonly onDone: () => void
}

export function Once({ secrets, onDone }: Props) {
  const words = useWords()
  return (
    <Flex vertical gap={16}>
      <Alert type="warning" showIcon title={words.once.title} description={words.once.text} />
      {Object.entries(secrets).map(([name, secret]) => (
        <div key={name}>
          <Typography.Text type="secondary">{name}</Typography.Text>
          <Typography.Paragraph code copyable style={{ marginBottom: 0 }}>
            {secret}
          </Typography.Paragraph>
        </div>
      ))}
      <Button type="primary" onClick={onDone}>
        {words.once.kept}
      </Button>
    </Flex>
  )
}
