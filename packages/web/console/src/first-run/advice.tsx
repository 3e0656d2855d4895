// What to do about a gateway's refusal, and its own word for it, in whatever language that came.

import { Typography } from 'antd'

interface Props {
  readonly of: { readonly advice: string | null; readonly provider_word: string | null }
}

export function Advice({ of: { advice, provider_word: word } }: Props) {
  return (
    <>
      {advice}
      {word === null ? null : <Typography.Text type="secondary"> {word}</Typography.Text>}
    </>
  )
}
