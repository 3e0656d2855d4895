// Whether everybody must have a second factor: whoever has none yet can then do nothing but get one.

import type { SecondFactorSavedAnswer, SecondFactorSettingAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Flex, Popconfirm, Switch, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

const KEY = ['factor-for-all'] as const
const ADDRESS = '/api/admin/second-factor'

export function FactorForAll() {
  const all = useWords()
  const words = all.own
  const client = useQueryClient()
  const setting = useQuery({
    queryKey: KEY,
    queryFn: () => read<SecondFactorSettingAnswer>(ADDRESS),
  })
  const saving = useMutation({
    mutationFn: (isObligatory: boolean) =>
      write<SecondFactorSavedAnswer>('PUT', ADDRESS, { is_obligatory: isObligatory }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
  const isObligatory = setting.data?.is_obligatory ?? false
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} align="center">
        <Popconfirm
          title={isObligatory ? words.noneMustTitle : words.allMustTitle}
          description={isObligatory ? null : words.allMustText}
          okText={words.yes}
          cancelText={all.act.cancel}
          onConfirm={() => saving.mutate(!isObligatory)}
        >
          <Switch
            aria-label={words.allMust}
            checked={isObligatory}
            loading={setting.isPending || saving.isPending}
          />
        </Popconfirm>
        <Typography.Text>{words.allMust}</Typography.Text>
      </Flex>
      <Trouble error={setting.error ?? saving.error} ofWrite />
    </Flex>
  )
}
