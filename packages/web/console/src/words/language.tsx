// In which language the page speaks, and with it the centre: what the centre has said in another is asked for anew.

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { choose, chosenLanguage } from './chosen.ts'
import type { Words } from './ru.ts'
import { type Language, WORDS } from './words.ts'

interface Speech {
  readonly language: Language
  readonly words: Words
  readonly speak: (language: Language) => void
}

const SpeechContext = createContext<Speech | null>(null)

/** What is on the page stays there until its successor comes, so that nothing typed is lost. */
async function askAnew(client: QueryClient): Promise<void> {
  client.removeQueries({ type: 'inactive' })
  await client.cancelQueries()
  await client.invalidateQueries()
}

export function Speaking({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient()
  const [language, setLanguage] = useState(chosenLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const speech = useMemo<Speech>(() => {
    const speak = (chosen: Language) => {
      choose(chosen)
      setLanguage(chosen)
      void askAnew(client)
    }
    return { language, words: WORDS[language], speak }
  }, [client, language])
  return <SpeechContext value={speech}>{children}</SpeechContext>
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext)
  if (speech === null) throw new Error('страница без языка')
  return speech
}

export function useWords(): Words {
  return useSpeech().words
}
