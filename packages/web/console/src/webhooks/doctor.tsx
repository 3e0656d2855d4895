// The doctor of webhooks: starts a check of the receiver, shows each case as it is done, and keeps what was
// found before.

import type {
  CheckAnswer,
  CheckData,
  CheckRequest,
  ChecksAnswer,
  SourceData,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Collapse, Empty, Flex, Form, Input, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Part } from '../parts/part.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { useFieldFaults } from '../sources/field-faults.ts'
import { useWords } from '../words/language.tsx'
import { CheckedCases, VerdictTag } from './checked-cases.tsx'

const BUSY_MS = 700

interface Props {
  readonly source: SourceData
}

export function Doctor({ source }: Props) {
  const words = useWords().webhooks
  const may = useMay()
  const client = useQueryClient()
  const path = `/api/admin/sources/${source.id}/webhook-checks`
  const key = ['checks', source.id] as const
  const checking = useMutation({
    mutationFn: (request: CheckRequest) => write<CheckAnswer>('POST', path, request),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
  const checks = useQuery({
    queryKey: key,
    queryFn: () => read<ChecksAnswer>(path),
    // The run is written case by case, so its progress can be looked at.
    refetchInterval: checking.isPending ? BUSY_MS : false,
  })
  return (
    <>
      <Card style={{ maxWidth: 720 }}>
        <Typography.Paragraph>{words.doctorText}</Typography.Paragraph>
        <Typography.Paragraph type="secondary">{words.doctorMark}</Typography.Paragraph>
        {may('sources.webhooks') ? <Ask source={source} checking={checking} /> : null}
      </Card>
      <Loaded query={checks}>
        {([latest, ...earlier]) => (
          <>
            {latest === undefined ? (
              checking.isPending ? null : (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.doctorNone} />
              )
            ) : (
              <Run check={latest} isRunning={checking.isPending} />
            )}
            {earlier.length === 0 ? null : <Earlier checks={earlier} />}
          </>
        )}
      </Loaded>
    </>
  )
}

interface AskProps extends Props {
  readonly checking: {
    readonly error: Error | null
    readonly isPending: boolean
    readonly mutate: (request: CheckRequest, on: { onError: (error: Error) => void }) => void
  }
}

function Ask({ source, checking }: AskProps) {
  const words = useWords().webhooks
  const [form] = Form.useForm<{ url?: string }>()
  const faultsOf = useFieldFaults()
  const ask = (url: string | undefined) =>
    checking.mutate(url ? { url } : {}, {
      onError: (error) => form.setFields(faultsOf(error) as Parameters<typeof form.setFields>[0]),
    })
  return (
    <Form form={form} layout="vertical" onFinish={({ url }) => ask(url?.trim())}>
      <Form.Item name="url" label={words.doctorUrl} extra={words.doctorUrlHint}>
        <Input
          inputMode="url"
          maxLength={2048}
          placeholder={source.default_webhook_url ?? 'https://shop.example.kz/webhook'}
        />
      </Form.Item>
      <Flex vertical gap={12} align="flex-start">
        <Trouble error={checking.error} ofWrite />
        <Button type="primary" htmlType="submit" loading={checking.isPending}>
          {words.doctorButton}
        </Button>
        <Typography.Text role="status" type="secondary">
          {checking.isPending ? words.doctorRunning : ''}
        </Typography.Text>
      </Flex>
    </Form>
  )
}

interface RunProps {
  readonly check: CheckData
  readonly isRunning: boolean
}

function Run({ check, isRunning }: RunProps) {
  const words = useWords().webhooks
  const isOver = check.finished_at !== null
  return (
    <Part title={check.endpoint}>
      <Flex vertical gap={12}>
        <Flex gap={8} align="center" wrap>
          {isOver ? <VerdictTag verdict={check.verdict} /> : null}
          <Typography.Text type="secondary">
            {words.replayBy(check.asked_by, moment(check.started_at))}
          </Typography.Text>
        </Flex>
        {isOver || isRunning ? null : (
          <Typography.Text type="warning">{words.doctorBroke}</Typography.Text>
        )}
        <CheckedCases check={check} isRunning={!isOver && isRunning} />
      </Flex>
    </Part>
  )
}

function Earlier({ checks }: { readonly checks: readonly CheckData[] }) {
  const words = useWords().webhooks
  return (
    <Flex vertical gap={8}>
      <Typography.Text type="secondary">{words.doctorEarlier}</Typography.Text>
      <Collapse
        size="small"
        items={checks.map((check) => ({
          key: check.id,
          label: (
            <Flex gap={8} align="center" wrap>
              <VerdictTag verdict={check.verdict} />
              <span className="moment">{moment(check.started_at)}</span>
            </Flex>
          ),
          children: <CheckedCases check={check} isRunning={false} />,
        }))}
      />
    </Flex>
  )
}
