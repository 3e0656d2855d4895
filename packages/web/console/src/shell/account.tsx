// Who is logged in, how the page looks and speaks, and the way out.

import { UserOutlined } from '@ant-design/icons'
import type { LogoutAnswer } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Flex, Popover, Typography } from 'antd'
import { write } from '../api/call.ts'
import { forgetSession } from '../api/client.ts'
import { useMe } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { Choices } from './choices.tsx'

export function Account() {
  const { name } = useMe()
  return (
    <Popover trigger="click" placement="bottomRight" content={<Own />}>
      <Button type="text" icon={<UserOutlined />} aria-label={name} />
    </Popover>
  )
}

function Own() {
  const words = useWords()
  const { name, phone, role } = useMe()
  const leaving = useMutation({
    mutationFn: () => write<LogoutAnswer>('POST', '/api/auth/logout'),
    onSuccess: forgetSession,
  })
  return (
    <Flex vertical gap={12} style={{ width: 270 }}>
      <div>
        <Typography.Text strong>{name}</Typography.Text>
        <br />
        <Typography.Text type="secondary">
          {words.roles[role]}, {phone}
        </Typography.Text>
      </div>
      <Choices />
      <Link to="/settings" search={{ tab: 'own' }}>
        {words.own.tab.own}
      </Link>
      <Trouble error={leaving.error} ofWrite />
      <Button block loading={leaving.isPending} onClick={() => leaving.mutate()}>
        {words.logOut}
      </Button>
    </Flex>
  )
}
