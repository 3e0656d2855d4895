// How another member of staff logs in, for a super admin: their second factor, whether they must have one, and
// where they are logged in now.

import type {
  AdminData,
  SecondFactorAnswer,
  SecondFactorResetAnswer,
  SecondFactorSavedAnswer,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Popconfirm, Switch, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { Sessions } from './sessions.tsx'

export function AdminLogin({ admin }: { readonly admin: AdminData }) {
  const words = useWords().own
  return (
    <Flex vertical gap={16}>
      <Factor admin={admin} />
      <Typography.Text strong>{words.sessions}</Typography.Text>
      <Sessions address={`/api/admin/admins/${admin.id}/sessions`} />
    </Flex>
  )
}

function Factor({ admin: { id, name } }: { readonly admin: AdminData }) {
  const all = useWords()
  const words = all.own
  const client = useQueryClient()
  const queryKey = ['admin-factor', id]
  const address = `/api/admin/admins/${id}/second-factor`
  const factor = useQuery({ queryKey, queryFn: () => read<SecondFactorAnswer>(address) })
  const onSettled = () => client.invalidateQueries({ queryKey })
  const obliging = useMutation({
    mutationFn: (isObligatory: boolean) =>
      write<SecondFactorSavedAnswer>('PUT', address, { is_obligatory: isObligatory }),
    onSettled,
  })
  const resetting = useMutation({
    mutationFn: () => write<SecondFactorResetAnswer>('DELETE', address),
    onSettled,
  })
  return (
    <Loaded query={factor} rows={2}>
      {({ is_obligatory: isObligatory, is_on: isOn }) => (
        <Flex vertical gap={12} align="flex-start">
          <Trouble error={obliging.error ?? resetting.error} ofWrite />
          <Typography.Text>{isOn ? words.factorOn : words.factorOff}</Typography.Text>
          <Flex gap={8} align="center">
            <Switch
              aria-label={words.mustHave}
              checked={isObligatory}
              loading={obliging.isPending}
              onChange={(is) => obliging.mutate(is)}
            />
            <Typography.Text>{words.mustHave}</Typography.Text>
          </Flex>
          {isOn ? (
            <Popconfirm
              title={words.resetTitle(name)}
              description={words.resetText}
              okText={words.reset}
              cancelText={all.act.cancel}
              onConfirm={() => resetting.mutate()}
            >
              <Button danger loading={resetting.isPending}>
                {words.reset}
              </Button>
            </Popconfirm>
          ) : null}
        </Flex>
      )}
    </Loaded>
  )
}
