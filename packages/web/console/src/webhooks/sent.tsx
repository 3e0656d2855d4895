// What went out: the body to the byte and the signatures, each to be copied.

import { Flex, Typography } from 'antd'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export function Sent({ body, headers }: Props) {
  const words = useWords().webhooks
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  return (
    <Flex vertical gap={8}>
      {lines.length === 0 ? null : <Copied name={words.headers} text={lines.join('\n')} />}
      {body === undefined ? null : <Copied name={words.body} text={body} />}
    </Flex>
  )
}

function Copied({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <Typography.Text type="secondary" copyable={{ text }}>
        {name}
      </Typography.Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <pre className="said" tabIndex={0}>
        {text}
      </pre>
    </div>
  )
}
