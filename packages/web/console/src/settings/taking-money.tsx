// The switch of the whole centre: whether money is taken at all. It asks why, and says what it does.

import type { SettingsAnswer, SettingsChangedAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Flex, Form, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Reason } from '../parts/proof.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'

const SETTINGS = ['settings'] as const

export function TakingMoney() {
  const settings = useQuery({
    queryKey: SETTINGS,
    queryFn: () => read<SettingsAnswer>('/api/admin/settings'),
  })
  return <Loaded query={settings}>{(data) => <Switch settings={data} />}</Loaded>
}

function Switch({ settings }: { readonly settings: SettingsAnswer['data'] }) {
  const words = useWords().settings
  const client = useQueryClient()
  const { reason, switched_at: at, switched_by: by, taking_money: isTaking } = settings
  const switching = useMutation({
    mutationFn: (why: string) =>
      write<SettingsChangedAnswer>('PUT', '/api/admin/settings', {
        taking_money: !isTaking,
        reason: why,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: SETTINGS }),
  })
  return (
    <Card style={{ maxWidth: 560 }}>
      <Flex vertical gap={16}>
        <Alert
          type={isTaking ? 'success' : 'error'}
          showIcon
          title={isTaking ? words.taking : words.notTaking}
          description={isTaking ? words.takingText : words.notTakingText}
        />
        {by === null || at === null ? null : (
          <Typography.Text type="secondary">
            {by}, {moment(at)}: {reason}
          </Typography.Text>
        )}
        <Form<{ reason: string }>
          // Another state is another question.
          key={String(isTaking)}
          layout="vertical"
          onFinish={({ reason: why }) => switching.mutate(why)}
        >
          <Reason />
          <Flex vertical gap={12}>
            <Trouble error={switching.error} ofWrite />
            <Button
              type="primary"
              danger={isTaking}
              htmlType="submit"
              loading={switching.isPending}
              // Longer than a phone is wide in some languages.
              style={{ height: 'auto', minHeight: 32, paddingBlock: 4, whiteSpace: 'normal' }}
            >
              {isTaking ? words.stopTaking : words.startTaking}
            </Button>
          </Flex>
        </Form>
      </Flex>
    </Card>
  )
}
