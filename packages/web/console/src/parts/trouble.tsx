// A refusal as a person reads it: what happened, whether money is safe, what to do. It stays on the page: a
// note that fades away would be its only trace.

import { Alert, Button } from 'antd'
import { CallError } from '../api/call.ts'
import { useSpeech } from '../words/language.tsx'

interface Props {
  readonly error: unknown
  /** A write that got no answer may have been done all the same; a safe one is not done twice. */
  readonly ofWrite?: boolean | 'safe'
  readonly onRetry?: () => void
}

export function useSayTrouble(): (error: unknown, ofWrite?: Props['ofWrite']) => string {
  const { language, words } = useSpeech()
  return (error, ofWrite = false) => {
    if (!(error instanceof CallError)) return words.error.broken
    if (error.code === 'network') {
      if (ofWrite === 'safe') return words.live.safe
      return ofWrite ? words.error.networkWrite : words.error.network
    }
    // The centre itself speaks Russian.
    if (language === 'ru') return error.message
    return words.error.byCode[error.code] ?? `${words.error.title} (${error.code})`
  }
}

export function Trouble({ error, ofWrite = false, onRetry }: Props) {
  const { words } = useSpeech()
  const say = useSayTrouble()
  if (error === null || error === undefined) return null
  const about = error instanceof CallError ? error : null
  const notes = [
    about?.retryAfterSeconds ? words.error.later(about.retryAfterSeconds) : null,
    about?.requestId ? words.error.request(about.requestId) : null,
  ].filter((note) => note !== null)
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={say(error, ofWrite)}
      description={notes.length === 0 ? undefined : notes.join(' · ')}
      action={
        onRetry === undefined ? undefined : (
          <Button size="small" onClick={onRetry}>
            {words.act.retry}
          </Button>
        )
      }
    />
  )
}
