// Getting the second factor that somebody must have before anything else is open to them.

import { useQueryClient } from '@tanstack/react-query'
import { Typography } from 'antd'
import { ME } from '../api/me.ts'
import { useWords } from '../words/language.tsx'
import { Enrolment } from './enrolment.tsx'
import { Porch } from './porch.tsx'

export function EnrolPage() {
  const words = useWords()
  const client = useQueryClient()
  return (
    <Porch>
      <Typography.Title level={2} style={{ fontSize: 18, marginTop: 0 }}>
        {words.login.enrolTitle}
      </Typography.Title>
      <Enrolment onDone={() => void client.invalidateQueries({ queryKey: ME })} />
    </Porch>
  )
}
