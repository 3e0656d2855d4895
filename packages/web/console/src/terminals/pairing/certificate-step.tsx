// The certificate that a terminal shows: its fingerprint first, and only then a person's word that it is the
// terminal's own. The centre trusts none but the one that was shown here.

import type { CertificateAnswer, TrustAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Skeleton, Typography } from 'antd'
import { read, write } from '../../api/call.ts'
import { Trouble } from '../../parts/trouble.tsx'
import { moment } from '../../show/moment.ts'
import { useWords } from '../../words/language.tsx'
import type { StepProps } from './pair-page.tsx'

type Certificate = CertificateAnswer['data']

export function CertificateStep({ terminal, onNext }: StepProps) {
  const words = useWords()
  const { pair } = words.devices
  const shown = useQuery({
    queryKey: ['certificate', terminal.id],
    queryFn: () => read<CertificateAnswer>(`/api/admin/terminals/${terminal.id}/certificate`),
    staleTime: 0,
  })
  const { data, error, isFetching, refetch } = shown
  return (
    <Flex vertical gap={16} align="flex-start">
      {isFetching && data === undefined ? (
        <>
          <Typography.Text role="status">{pair.looking}</Typography.Text>
          <Skeleton active title={false} />
        </>
      ) : null}
      <Trouble error={error} />
      {data === undefined ? null : <Shown certificate={data} onNext={onNext} />}
      <Button loading={isFetching} onClick={() => void refetch()}>
        {words.act.retry}
      </Button>
    </Flex>
  )
}

interface ShownProps {
  readonly certificate: Certificate
  readonly onNext: () => void
}

function Shown({ certificate, onNext }: ShownProps) {
  const words = useWords().devices.pair
  const { fingerprint, is_vouched_for: isVouched, scheme, tls } = certificate
  if (scheme === 'http') {
    return (
      <>
        <Alert type="warning" showIcon title={words.plain} description={words.plainText} />
        <Next onNext={onNext} />
      </>
    )
  }
  if (fingerprint === null) {
    return <Alert type="error" showIcon title={words.silent} description={words.silentText} />
  }
  const isTrusted =
    tls === 'pinned' ? certificate.trusted_fingerprint === fingerprint : isVouched === true
  return (
    <>
      <Fingerprint certificate={certificate} fingerprint={fingerprint} />
      {isTrusted ? (
        <>
          <Alert type="success" showIcon title={tls === 'pinned' ? words.trusted : words.vouched} />
          <Next onNext={onNext} />
        </>
      ) : (
        <Trust certificate={certificate} fingerprint={fingerprint} onNext={onNext} />
      )}
    </>
  )
}

function Next({ onNext }: Pick<StepProps, 'onNext'>) {
  const words = useWords().devices.pair
  return (
    <Button type="primary" onClick={onNext}>
      {words.next}
    </Button>
  )
}

interface PrintProps {
  readonly certificate: Certificate
  readonly fingerprint: string
}

function Fingerprint({ certificate, fingerprint }: PrintProps) {
  const words = useWords().devices.pair
  const { expires_at: expires } = certificate
  return (
    <div>
      <Typography.Text type="secondary">{words.fingerprint}</Typography.Text>
      <div className="fingerprint">{fingerprint.toUpperCase().replace(/(..)(?=.)/g, '$1:')}</div>
      {expires === null ? null : (
        <Typography.Text type="secondary">{words.expires(moment(expires))}</Typography.Text>
      )}
    </div>
  )
}

function Trust({ certificate, fingerprint, onNext }: PrintProps & Pick<StepProps, 'onNext'>) {
  const words = useWords().devices.pair
  const client = useQueryClient()
  const { id, tls, trusted_fingerprint: former } = certificate
  const trusting = useMutation({
    mutationFn: async () => {
      if (tls !== 'pinned') await write('PUT', `/api/admin/terminals/${id}`, { tls: 'pinned' })
      const path = `/api/admin/terminals/${id}/certificate`
      return write<TrustAnswer>('PUT', path, { fingerprint })
    },
    onSuccess: async ({ outcome }) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['certificate', id] }),
        client.invalidateQueries({ queryKey: ['terminals'] }),
      ])
      if (outcome === 'trusted') onNext()
    },
  })
  const outcome = trusting.data?.outcome
  return (
    <>
      {former === null ? null : <Alert type="warning" showIcon title={words.otherPinned} />}
      <Typography.Text>{words.compare}</Typography.Text>
      {outcome === 'changed' ? (
        <Alert type="error" showIcon title={words.changed} description={words.changedText} />
      ) : null}
      {outcome === 'no_certificate' ? (
        <Alert type="error" showIcon title={words.silent} description={words.silentText} />
      ) : null}
      <Trouble error={trusting.error} ofWrite />
      <Button type="primary" loading={trusting.isPending} onClick={() => trusting.mutate()}>
        {words.trust}
      </Button>
    </>
  )
}
