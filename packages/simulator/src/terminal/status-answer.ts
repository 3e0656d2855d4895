// An operation in the words of `/v2/status` and `/v2/actualize`. It only reads.
import type { DeviceIdentity } from './device.ts'
import { chequeTime } from './local-time.ts'
import type { Operation, SuccessReport } from './operation.ts'

type StatusData = Readonly<Record<string, unknown>>

export function statusData(operation: Operation, identity: DeviceIdentity): StatusData {
  const { processId, phase } = operation
  if (operation.actualizeCallsLeft > 0) {
    const message = 'Статус операции неизвестен. Проверьте связь с банком'
    return { processId, status: 'unknown', message }
  }
  switch (phase.at) {
    case 'initialize':
      return { processId, status: 'wait', subStatus: 'Initialize' }
    case 'wait_user': {
      const subStatus = operation.kind === 'refund' ? 'ProcessRefund' : 'WaitUser'
      return { processId, status: 'wait', subStatus }
    }
    case 'wait_confirmation':
      return { processId, status: 'wait', subStatus: 'WaitForQrConfirmation' }
    case 'card':
      return { processId, status: 'wait', subStatus: 'ProcessingCard' }
    case 'pin':
      return { processId, status: 'wait', subStatus: 'WaitForPinCode' }
    case 'failed':
      return {
        processId,
        status: 'fail',
        subStatus: 'QrTransactionFailure',
        message: phase.message,
      }
    case 'cancelled':
      return {
        processId,
        status: 'fail',
        subStatus: 'ProcessCancelled',
        message: 'Операция отменена',
      }
    case 'paid':
      if (operation.report === null) throw new Error(`paid operation ${processId} has no report`)
      return successData(operation, operation.report, phase.atMs, identity)
  }
}

function successData(
  operation: Operation,
  report: SuccessReport,
  paidAtMs: number,
  identity: DeviceIdentity,
): StatusData {
  const { transactionId, method, product, loanTerm } = report
  const isCard = method === 'card'
  const addInfo = { IsOffer: false, ProductType: product, LoanTerm: loanTerm, LoanOfferName: '' }
  return {
    processId: operation.processId,
    status: 'success',
    subStatus: isCard ? 'CardTransactionSuccess' : 'QrTransactionSuccess',
    transactionId,
    ...(isCard ? {} : { addInfo }),
    chequeInfo: {
      method,
      ...(isCard ? cardFields(transactionId) : {}),
      type: operation.kind === 'refund' ? 'refund' : 'payment',
      ...(report.amountText === null ? {} : { amount: report.amountText }),
      orderNumber: transactionId,
      status: operation.kind === 'refund' ? 'Возврат выполнен' : 'Одобрено',
      date: chequeTime(paidAtMs),
      storeName: 'ByFly Travel',
      city: 'Алматы',
      address: 'пр. Абая, 1',
      bin: '000000000000',
      terminalId: identity.terminalId,
    },
  }
}

/** What a card adds; its number is nobody's. */
function cardFields(rrn: string) {
  return {
    cardMask: '000000******0000',
    icc: 'Contactless',
    rrn,
    authorizationCode: rrn.slice(-6),
    hostResponseCode: '00',
  }
}
