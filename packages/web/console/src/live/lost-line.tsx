// What is said while the centre is not heard: how old the page is. Nothing that was typed goes away meanwhile.

import { Alert } from 'antd'
import { useContact } from '../api/contact.ts'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'

const TIME = /\d{2}:\d{2}$/

export function LostLine() {
  const words = useWords().live
  const { heardAt, isLost } = useContact()
  if (!isLost) return null
  const at = heardAt === null ? null : TIME.exec(moment(heardAt))?.[0]
  return (
    <Alert
      banner
      type="warning"
      role="status"
      title={at == null ? words.lost : words.lostAt(at)}
      style={{ position: 'sticky', top: 0, zIndex: 10 }}
    />
  )
}
