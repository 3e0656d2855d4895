// The search of the whole console: whatever number or name it is, payments are what it leads to.

import { SearchOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Input, type InputRef } from 'antd'
import type { Ref } from 'react'
import { useMay } from '../api/me.ts'
import { useWords } from '../words/language.tsx'

const SHORTEST = 2

export function Search({ field }: { readonly field: Ref<InputRef> }) {
  const words = useWords()
  const may = useMay()
  const navigate = useNavigate()
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
