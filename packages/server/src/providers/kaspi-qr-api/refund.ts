// The way back of money: by another QR (r2), at once (r3), or not at all (r1). A call that gives money back is
// made once; what is certain without it is refused before it.

import { type Observation, type StartResult, TIYN_PER_TENGE } from '@byfly-pay/core'
import type { Hear } from '../../ports/exchange-store.ts'
import type { Device, Purchase, RefundKind, Told } from '../../ports/provider.ts'
import { type Caller, detailsCall, returnCall, returnQrCall } from './calls.ts'
import { type OperationId, operationOf } from './operation-id.ts'
import { dataOf, readReply } from './reply.ts'
import type { Sender } from './sender.ts'
import { returnQrResult, returnResult } from './start-result.ts'
import { sumField } from './sum.ts'

export function refundKindOf({ account }: Pick<Device, 'account'>): RefundKind {
  switch (account?.scheme) {
    case 'r2':
      return 'with_customer'
    case 'r3':
      return 'at_once'
    default:
      return 'none'
  }
}

export async function giveBack(
  sender: Sender,
  device: Device,
  { processId, refundTiyn }: Purchase,
  hear?: Hear,
): Promise<Told<StartResult>> {
  if (refundTiyn <= 0n || refundTiyn % TIYN_PER_TENGE !== 0n) {
    return { kind: 'refused', reason: 'bad_request' }
  }
  const kind = refundKindOf(device)
  if (kind === 'none') return { kind: 'refused', reason: 'method_not_supported' }
  const purchase = processId === null ? null : operationOf(processId)
  if (purchase?.kind !== 'payment') return { kind: 'refused', reason: 'purchase_not_found' }
  const { clock, limits } = sender
  const { id } = purchase
  const tenge = refundTiyn / TIYN_PER_TENGE
  if (kind === 'with_customer') {
    return sender.make(
      device,
      (caller) => returnQrCall(caller, id, tenge),
      (answer) => returnQrResult(answer, limits, clock.now()),
      hear,
    )
  }
  if (await isMoreThanLeft(sender, device, id, refundTiyn)) {
    return { kind: 'refused', reason: 'refund_not_allowed' }
  }
  return sender.make(
    device,
    (caller) => returnCall(caller, id, tenge),
    (answer) => returnResult(answer, refundTiyn, String(clock.now())),
    hear,
  )
}

/** Only where the bank says so itself: without an answer the call is made, and its own answer counts. */
async function isMoreThanLeft(
  { callerOf, clock, limits, transport }: Sender,
  device: Device,
  paymentId: string,
  tiyn: bigint,
): Promise<boolean> {
  const caller: Caller | null = await callerOf(device)
  if (caller === null) return false
  const signal = clock.timeout(limits.statusMs)
  const answer = await transport.ask(detailsCall(caller, paymentId), limits.statusMs, signal)
  const reply = answer.kind === 'answered' ? readReply(answer.httpStatus, answer.body) : null
  const left = reply?.kind === 'worked' ? sumField(dataOf(reply), 'AvailableReturnAmount') : null
  return left !== null && left < tiyn
}

/** The yes was the answer to the call itself, and is kept in the process id. */
export function givenBack({ id, tiyn }: Extract<OperationId, { kind: 'returned' }>): Observation {
  return {
    kind: 'succeeded',
    success: {
      grossTiyn: null,
      moneyKind: 'qr',
      providerTransactionId: id,
      product: { methodCode: null, word: '' },
      refundTiyn: tiyn,
    },
  }
}
