// The words of a terminal's answers, from the protocol page.

import type { Operation, Product, Sale } from './operation.ts'

export interface Json {
  readonly statusCode: number
  readonly [name: string]: unknown
}

export function worked(data: Readonly<Record<string, unknown>>): Json {
  return { statusCode: 0, data }
}

export function errorOf(statusCode: number): Json {
  return { statusCode, errorText: 'Ошибка' }
}

export function statusOf(operation: Operation, nowMs: number, isUnsure: boolean): Json {
  const { processId, refundOf, sale } = operation
  const phase = operation.phase(nowMs)
  switch (phase) {
    case 'starting':
      return worked({ processId, status: 'wait', subStatus: 'Initialize' })
    case 'qr':
      return worked({
        processId,
        status: 'wait',
        subStatus: refundOf === null ? 'WaitUser' : 'ProcessRefund',
      })
    case 'scanned':
      return worked({ processId, status: 'wait', subStatus: 'WaitForQrConfirmation' })
  }
  if (isUnsure) return worked({ processId, status: 'unknown', message: 'Статус неизвестен' })
  switch (phase) {
    case 'paid':
      return sale === null
        ? errorOf(105)
        : worked({ processId, ...successOf(sale, refundOf !== null) })
    case 'declined':
      return failed(processId, 'QrTransactionFailure', 'Отклонено')
    case 'ran_out':
      return failed(processId, 'QrTransactionFailure', 'Время ожидания истекло')
    case 'cancelled':
      return failed(processId, 'ProcessCancelled', 'Отменено')
  }
}

function failed(processId: string, subStatus: string, message: string): Json {
  return worked({ processId, status: 'fail', subStatus, message })
}

const ADD_INFO: Readonly<Record<Product, Readonly<Record<string, unknown>> | null>> = {
  gold: { ProductType: 'Gold', LoanTerm: 0 },
  red: { ProductType: 'Red', LoanTerm: 0 },
  loan_12: { ProductType: 'Loan', LoanTerm: 12 },
  loan_24: { ProductType: 'Loan', LoanTerm: 24 },
  credit: { ProductType: 'Кредит' },
  bonus: { ProductType: 'Bonus' },
  card: null,
  alaqan: null,
}

function successOf({ amountTenge, product, transactionId, oddity }: Sale, isRefund: boolean) {
  const isCard = product === 'card'
  const method = product === 'card' || product === 'alaqan' ? product : 'qr'
  const sum = `${isRefund ? '- ' : ''}${grouped(amountTenge)} ₸`
  const amount = oddity === 'unreadable_sum' ? '— ₸' : sum
  const addInfo = ADD_INFO[product]
  return {
    status: 'success',
    subStatus: isCard ? 'CardTransactionSuccess' : 'QrTransactionSuccess',
    transactionId,
    ...(addInfo === null ? {} : { addInfo }),
    chequeInfo: {
      method,
      type: isRefund ? 'refund' : 'payment',
      amount,
      orderNumber: transactionId,
    },
  }
}

function grouped(tenge: number): string {
  return String(tenge).replace(/\B(?=(\d{3})+$)/g, ' ')
}
