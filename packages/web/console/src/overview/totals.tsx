// The period in figures, each beside the same of as many days before; and in words, what the commission leaves
// after the bank.

import { Alert } from 'antd'
import { type Figures as Told, useFigures } from '../api/figures.ts'
import { Figures } from '../parts/figures.tsx'
import { count, money } from '../show/money.ts'
import { type Period, previousTo } from '../show/period.ts'
import { percent } from '../show/share.ts'
import { useWords } from '../words/language.tsx'
import { balanceOf } from './balance.ts'

interface Props {
  readonly figures: Told
  readonly period: Period
  readonly currency: string | undefined
}

export function Totals({ figures, period, currency: asked }: Props) {
  const words = useWords().overview
  const before = useFigures(previousTo(period), ['day'], asked).data?.totals
  const { currency, totals } = figures
  const cells = [
    {
      title: words.turnover,
      value: money(totals.turnover, currency),
      note: change(totals.turnover, before?.turnover),
    },
    {
      title: words.payments,
      value: count(totals.count),
      note: change(totals.count, before?.count),
    },
    {
      title: words.conversion,
      value: totals.conversion === null ? '—' : percent(totals.conversion),
      note: words.paidOf(count(totals.paid_count), count(totals.count)),
    },
    { title: words.refunded, value: money(totals.refunded, currency), note: null },
    { title: words.net, value: money(totals.net, currency), note: words.netNote },
  ]
  return (
    <>
      <Figures figures={cells} />
      <Kept figures={figures} />
    </>
  )

  /** Null where there is nothing to compare with. */
  function change(now: number, then: number | undefined): string | null {
    if (then === undefined || then === 0) return null
    const share = (now - then) / then
    return words.change(`${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`)
  }
}

/** Whether customers paid for the bank: said in words, with the sum. */
function Kept({ figures: { currency, totals } }: Pick<Props, 'figures'>) {
  const words = useWords().overview
  if (totals.turnover === 0) return null
  const { isLoss, leftTiyn } = balanceOf(totals)
  const say = (tiyn: number) => money(tiyn, currency)
  return (
    <Alert
      type={isLoss ? 'warning' : 'success'}
      showIcon
      title={isLoss ? words.loss(say(-leftTiyn)) : words.gain(say(leftTiyn))}
      description={words.keptText(say(totals.commission), say(totals.expected_fee))}
    />
  )
}
