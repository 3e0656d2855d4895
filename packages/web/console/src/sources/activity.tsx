// Whether a source is served.

import { Tag } from 'antd'
import { useWords } from '../words/language.tsx'

export function Activity({ isActive }: { readonly isActive: boolean }) {
  const words = useWords().sources
  return <Tag color={isActive ? 'success' : 'default'}>{isActive ? words.on : words.off}</Tag>
}
