// The search of the whole console: whatever number or name it is, payments are what it leads to. `/` goes
// there from anywhere.

import { SearchOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Input, type InputRef } from 'antd'
import { useEffect, useRef } from 'react'
import { useMay } from '../api/me.ts'
import { useWords } from '../words/language.tsx'

const SHORTEST = 2

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null
  )
}

export function Search() {
  const words = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const field = useRef<InputRef>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus({ cursor: 'all' })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  if (!may('payments.read')) return null
  const go = (text: string) => {
    if (text.trim().length < SHORTEST) return
    void navigate({ to: '/payments', search: { search: text.trim() } })
  }
  return (
    <Input
      ref={field}
      allowClear
      prefix={<SearchOutlined />}
      placeholder={words.search}
      aria-label={words.searchHint}
      title={words.searchHint}
      maxLength={128}
      style={{ maxWidth: 320, minWidth: 0 }}
      onPressEnter={(event) => go(event.currentTarget.value)}
    />
  )
}
