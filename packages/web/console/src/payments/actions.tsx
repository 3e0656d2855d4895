// What may be done with a payment now, and nothing that may not. Each button names its effect.

import type { CancelledTransactionAnswer } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Flex } from 'antd'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useOffers } from '../shell/offers.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { PayAgain } from './pay-again.tsx'
import { RefundForm } from './refund-form.tsx'
import { ResolveForm } from './resolve-form.tsx'
import { addressOfPayment, refundableOf, type Story, useAfresh, useRefunds } from './story.ts'

export function Actions({ story }: { readonly story: Story }) {
  const { desk, payments: words } = useWords()
  const may = useMay()
  const refunds = useRefunds(story.transaction_id).data?.refunds
  const [attemptId, setAttemptId] = useState<string | null>(null)
  const [isRefunding, setRefunding] = useState(false)
  const [isPayingAgain, setPayingAgain] = useState(false)
  const refundable = refunds === undefined ? 0 : refundableOf(story, refunds)
  const mayRefund = may('refunds.create') && refundable > 0
  const mayPayAgain = mayRefund && story.replaced_by === null
  useOffers([
    ...story.actions.resolve.map((id) => ({
      name: words.resolve.button,
      run: () => setAttemptId(id),
    })),
    ...(mayRefund ? [{ name: words.refund.button, run: () => setRefunding(true) }] : []),
    ...(mayPayAgain ? [{ name: desk.payAgain, run: () => setPayingAgain(true) }] : []),
  ])
  return (
    <Flex gap={8} wrap>
      {story.actions.resolve.map((id) => (
        <Button key={id} type="primary" onClick={() => setAttemptId(id)}>
          {words.resolve.button}
        </Button>
      ))}
      {mayRefund ? <Button onClick={() => setRefunding(true)}>{words.refund.button}</Button> : null}
      {mayPayAgain ? <Button onClick={() => setPayingAgain(true)}>{desk.payAgain}</Button> : null}
      {story.actions.cancel ? <Cancel story={story} /> : null}
      {attemptId === null ? null : (
        <ResolveForm story={story} attemptId={attemptId} onDone={() => setAttemptId(null)} />
      )}
      {isRefunding ? (
        <RefundForm story={story} refundable={refundable} onDone={() => setRefunding(false)} />
      ) : null}
      {isPayingAgain ? (
        <PayAgain story={story} refundable={refundable} onDone={() => setPayingAgain(false)} />
      ) : null}
    </Flex>
  )
}

function Cancel({ story }: { readonly story: Story }) {
  const all = useWords()
  const words = all.payments.cancel
  const { message, modal } = App.useApp()
  const { amount, currency, transaction_id: id } = story
  const afresh = useAfresh(id)
  const cancelling = useMutation({
    mutationFn: () => write<CancelledTransactionAnswer>('POST', `${addressOfPayment(id)}/cancel`),
    onSuccess: async () => {
      void message.success(words.done)
      await afresh()
    },
  })
  const ask = () =>
    modal.confirm({
      title: words.title(money(amount, currency)),
      content: words.text,
      okText: words.button,
      okButtonProps: { danger: true },
      cancelText: all.act.cancel,
      onOk: () => cancelling.mutate(),
    })
  useOffers([{ name: words.button, run: ask }])
  return (
    <>
      <Button danger loading={cancelling.isPending} onClick={ask}>
        {words.button}
      </Button>
      <Trouble error={cancelling.error} ofWrite />
    </>
  )
}
