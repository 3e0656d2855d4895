// Asking for a refund under a key of its own: sent again after a lost answer, it is asked for once.

import type { StaffRefundRequest, StaffRefundsAnswer } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { write } from '../api/call.ts'
import { useWishKeys } from '../api/wish.ts'
import { addressOfPayment, useAfresh } from './story.ts'

interface Told {
  readonly onSuccess: (answer: StaffRefundsAnswer['data']) => void
}

export function useRefundRequest(id: string, { onSuccess }: Told) {
  const afresh = useAfresh(id)
  const keys = useWishKeys()
  return useMutation({
    mutationFn: (request: StaffRefundRequest) =>
      write<StaffRefundsAnswer>('POST', `${addressOfPayment(id)}/refunds`, request, {
        key: keys.keyFor(request),
      }),
    onSettled: (_answer, error) => keys.settle(error),
    onSuccess: async (answer) => {
      await afresh()
      onSuccess(answer)
    },
  })
}
