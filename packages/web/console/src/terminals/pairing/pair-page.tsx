// A terminal's pairing, step by step: certificate, registration, camera, test. What is done stays done in the
// centre, so it may be left at any step and taken up again by anybody who may.

import type { TerminalAnswer, TerminalData } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Typography } from 'antd'
import { read } from '../../api/call.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { Part } from '../../parts/part.tsx'
import { useWords } from '../../words/language.tsx'
import { CameraStep } from './camera-step.tsx'
import { CertificateStep } from './certificate-step.tsx'
import { type PairStep, stepToTakeUp } from './pair-search.ts'
import { PairSteps } from './pair-steps.tsx'
import { RegistrationStep } from './registration-step.tsx'
import { TestStep } from './test-step.tsx'

const route = getRouteApi('/terminals/$id/pair')

export interface StepProps {
  readonly terminal: TerminalData
  readonly onNext: () => void
}

export function PairPage() {
  const words = useWords().devices.pair
  const { id } = route.useParams()
  const terminal = useQuery({
    queryKey: ['terminals', 'one', id],
    queryFn: () => read<TerminalAnswer>(`/api/admin/terminals/${id}`),
  })
  const title = terminal.data === undefined ? words.title : words.titleOf(terminal.data.name)
  return (
    <Page title={title}>
      <Loaded query={terminal} rows={8}>
        {(data) => <Pairing terminal={data} />}
      </Loaded>
    </Page>
  )
}

function Pairing({ terminal }: { readonly terminal: TerminalData }) {
  const words = useWords().devices.pair
  const navigate = route.useNavigate()
  const { step = stepToTakeUp(terminal) } = route.useSearch()
  const go = (to: PairStep) => void navigate({ search: { step: to } })
  return (
    <>
      <PairSteps here={step} onGo={go} />
      <Part title={words.step[step]}>
        <Step step={step} terminal={terminal} go={go} />
      </Part>
      <Typography.Text type="secondary">{words.resumable}</Typography.Text>
    </>
  )
}

interface Props {
  readonly step: PairStep
  readonly terminal: TerminalData
  readonly go: (step: PairStep) => void
}

function Step({ go, step, terminal }: Props) {
  switch (step) {
    case 'address':
    case 'certificate':
      return <CertificateStep terminal={terminal} onNext={() => go('registration')} />
    case 'registration':
      return <RegistrationStep terminal={terminal} onNext={() => go('camera')} />
    case 'camera':
      return <CameraStep terminal={terminal} onNext={() => go('test')} />
    case 'test':
      return <TestStep terminal={terminal} />
  }
}
