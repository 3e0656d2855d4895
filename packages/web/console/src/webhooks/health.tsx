// How the receivers of a source are: how much they take, what went wrong last, whether one is switched off.

import type { EndpointData, EndpointsAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Alert, Flex, Progress, Tag, Typography } from 'antd'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Part } from '../parts/part.tsx'
import { moment } from '../show/moment.ts'
import { count } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { useAdvice } from './advice.ts'

const EVERY_MS = 15_000

export function Health({ sourceId }: { readonly sourceId: number }) {
  const words = useWords().webhooks
  const endpoints = useQuery({
    queryKey: ['endpoints', sourceId],
    queryFn: () => read<EndpointsAnswer>(`/api/admin/sources/${sourceId}/endpoints`),
    refetchInterval: EVERY_MS,
  })
  return (
    <Part title={words.health}>
      <Loaded query={endpoints} rows={3}>
        {(all) =>
          all.length === 0 ? (
            <Typography.Text type="secondary">{words.healthNone}</Typography.Text>
          ) : (
            <Flex vertical gap={20}>
              {all.map((endpoint) => (
                <Endpoint key={endpoint.endpoint} endpoint={endpoint} />
              ))}
            </Flex>
          )
        }
      </Loaded>
    </Part>
  )
}

function Endpoint({ endpoint }: { readonly endpoint: EndpointData }) {
  const words = useWords().webhooks
  const adviceOf = useAdvice()
  const { failed, tries, waiting } = endpoint
  const percent = tries === 0 ? 0 : Math.floor(((tries - failed) / tries) * 100)
  const isWell = endpoint.failing_since === null && endpoint.switched_off_at === null
  return (
    <Flex vertical gap={6}>
      <Flex gap={8} align="center" wrap>
        <Typography.Text strong>{endpoint.endpoint}</Typography.Text>
        <Standing endpoint={endpoint} />
      </Flex>
      {tries === 0 ? null : (
        <>
          <Progress
            aria-label={words.health}
            percent={percent}
            showInfo={false}
            status={isWell ? 'normal' : 'exception'}
            style={{ maxWidth: 360 }}
          />
          <Typography.Text>{words.rate(`${percent}\u202f%`, count(tries))}</Typography.Text>
        </>
      )}
      {endpoint.last_delivered_at === null ? null : (
        <Typography.Text type="secondary">
          {words.lastTaken(moment(endpoint.last_delivered_at))}
        </Typography.Text>
      )}
      {endpoint.last_failed_at === null ? null : (
        <Typography.Text type="secondary">
          {words.lastFailed(moment(endpoint.last_failed_at))}:{' '}
          {adviceOf(endpoint.last_reason, endpoint)}
        </Typography.Text>
      )}
      {waiting === 0 ? null : (
        <Typography.Text type="secondary">{words.waiting(count(waiting))}</Typography.Text>
      )}
      {endpoint.switched_off_at === null ? null : (
        <Alert type="error" showIcon title={words.offHint} />
      )}
    </Flex>
  )
}

function Standing({ endpoint }: { readonly endpoint: EndpointData }) {
  const words = useWords().webhooks
  if (endpoint.switched_off_at !== null) {
    return <Tag color="error">{words.off(moment(endpoint.switched_off_at))}</Tag>
  }
  return endpoint.failing_since === null ? (
    <Tag color="success">{words.well}</Tag>
  ) : (
    <Tag color="warning">{words.failing(moment(endpoint.failing_since))}</Tag>
  )
}
