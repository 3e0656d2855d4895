// What to do about a gateway's refusal, and its own word for it; both in the language they came in.

import { Typography } from 'antd'

interface Props {
  readonly of: { readonly advice: string | null; readonly provider_word: string | null }
}

export function Advice({ of: { advice, provider_word: word } }: Props) {
  return (
    <>
      <span lang="ru">{advice}</span>
      {word === null ? null : <Typography.Text type="secondary"> {word}</Typography.Text>}
    </>
  )
}
