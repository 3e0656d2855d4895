// What a word of the centre's means for who mends a receiver. In Russian the centre says it itself.

import { useWords } from '../words/language.tsx'

interface Said {
  readonly why: string | null
  readonly cure: string | null
}

/** @returns one text in the page's language */
export function useAdvice(): (word: string | null, said: Said) => string {
  const { advice } = useWords().webhooks
  return (word, { cure, why }) =>
    advice[word ?? ''] ?? [why, cure].filter((part) => part !== null).join('. ')
}
