// How far a pairing has come. Each step after the first may be opened again.

import { Grid, Select, Steps } from 'antd'
import { useWords } from '../../words/language.tsx'
import { PAIR_STEPS, type PairStep } from './pair-search.ts'

interface Props {
  readonly here: PairStep
  /** Null where there is nothing to go to yet. */
  readonly onGo: ((step: PairStep) => void) | null
}

export function PairSteps({ here, onGo }: Props) {
  const words = useWords().devices.pair
  const isWide = Grid.useBreakpoint().md === true
  const current = PAIR_STEPS.indexOf(here)
  const steps = PAIR_STEPS.map((step, index) => ({
    value: step,
    label: words.stepOf(index + 1, PAIR_STEPS.length, words.step[step]),
    disabled: onGo === null || step === 'address',
  }))
  if (!isWide) {
    return (
      <Select<PairStep>
        aria-label={words.steps}
        size="large"
        value={here}
        options={steps}
        onChange={(step) => onGo?.(step)}
      />
    )
  }
  const go = (index: number) => {
    const step = PAIR_STEPS[index]
    if (step !== undefined && step !== 'address') onGo?.(step)
  }
  return (
    <Steps
      size="small"
      current={current}
      items={PAIR_STEPS.map((step) => ({
        title: words.step[step],
        disabled: onGo === null || step === 'address',
      }))}
      {...(onGo === null ? {} : { onChange: go })}
    />
  )
}
