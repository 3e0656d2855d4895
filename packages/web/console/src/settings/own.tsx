// One's own place here: how the page looks and speaks, where one is logged in, the second factor.

import { Flex, Typography } from 'antd'
import { useMe } from '../api/me.ts'
import { Part } from '../parts/part.tsx'
import { Choices } from '../shell/choices.tsx'
import { useWords } from '../words/language.tsx'
import { OwnFactor } from './own-factor.tsx'
import { Sessions } from './sessions.tsx'

export function Own() {
  const words = useWords()
  const { name, phone, role } = useMe()
  return (
    <Flex vertical gap={16} style={{ maxWidth: 760 }}>
      <Part title={words.own.who}>
        <Flex vertical gap={12} align="flex-start">
          <div>
            <Typography.Text strong>{name}</Typography.Text>
            <br />
            <Typography.Text type="secondary">
              {words.roles[role]}, {phone}
            </Typography.Text>
          </div>
          <Choices />
        </Flex>
      </Part>
      <Part title={words.own.factor}>
        <OwnFactor />
      </Part>
      <Part title={words.own.sessions}>
        <Sessions address="/api/auth/sessions" />
      </Part>
    </Flex>
  )
}
