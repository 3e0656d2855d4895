// In which language the page speaks. The choice is this browser's; the first is what the browser prefers.

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { keep, kept } from '../show/kept.ts'
import type { Words } from './ru.ts'
import { LANGUAGES, type Language, WORDS } from './words.ts'

interface Speech {
  readonly language: Language
  readonly words: Words
  readonly speak: (language: Language) => void
}

const SpeechContext = createContext<Speech | null>(null)

function preferred(): Language {
  const wanted = [kept('language'), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  const known = wanted.find((tag) => LANGUAGES.some((language) => language === tag))
  return (known as Language | undefined) ?? 'ru'
}

export function Speaking({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(preferred)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const speech = useMemo<Speech>(() => {
    const speak = (chosen: Language) => {
      keep('language', chosen)
      setLanguage(chosen)
    }
    return { language, words: WORDS[language], speak }
  }, [language])
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
