// One payment as the centre tells it, asked again while something is going on.

import type { RefundsAnswer, StaffRefundData, TransactionStoryAnswer } from '@byfly-pay/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { read } from '../api/call.ts'
import { useEvery } from '../api/contact.ts'
import { useMay } from '../api/me.ts'

export type Story = TransactionStoryAnswer['data']

const BUSY_MS = 2_000
const CALM_MS = 15_000

/** Nothing more happens to a refund by itself. */
const ENDED: readonly StaffRefundData['state'][] = ['succeeded', 'failed', 'declined', 'cancelled']
const AT_TERMINAL: readonly StaffRefundData['state'][] = ['reserved', 'calling', 'live', 'unknown']

export function addressOfPayment(id: string): string {
  return `/api/admin/transactions/${encodeURIComponent(id)}`
}

/** @param calmMs how often it is asked for while nothing is going on */
export function useStory(id: string, calmMs = CALM_MS) {
  const [busy, calm] = [useEvery(BUSY_MS), useEvery(calmMs)]
  return useQuery({
    queryKey: ['payment', id],
    queryFn: () => read<TransactionStoryAnswer>(addressOfPayment(id)),
    refetchInterval: ({ state }) => (state.data?.status === 'processing' ? busy : calm),
  })
}

export function useRefunds(id: string) {
  const may = useMay()
  const [busy, calm] = [useEvery(BUSY_MS), useEvery(CALM_MS)]
  return useQuery({
    queryKey: ['payment', id, 'refunds'],
    queryFn: () => read<RefundsAnswer>('/api/admin/refunds', { transaction_id: id, limit: 100 }),
    enabled: may('refunds.read'),
    refetchInterval: ({ state }) =>
      state.data?.refunds.some((refund) => AT_TERMINAL.includes(refund.state)) ? busy : calm,
  })
}

/** After any change: the story, its refunds and the lists that show it. */
export function useAfresh(id: string): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['payment', id] }),
      client.invalidateQueries({ queryKey: ['payments'] }),
    ])
  }
}

/** What is neither given back nor on its way back, in tiyn. */
export function refundableOf(story: Story, refunds: readonly StaffRefundData[]): number {
  const onItsWay = refunds
    .filter(({ state }) => !ENDED.includes(state))
    .reduce((sum, { amount }) => sum + amount, 0)
  return Math.max(0, story.paid_amount - story.refunded_amount - onItsWay)
}
