// Oddities of the values and fields of an answer, by what they are about; of each kind a device has
// one or none. The sums are apart, in sum-oddities.ts.

import {
  asNumber,
  chequeOf,
  dataOf,
  isObject,
  type Oddity,
  ofAddInfo,
  ofCheque,
  ofData,
} from './oddity.ts'
import { CANARY, type Json, type JsonObject } from './plain-answer.ts'

const NUMBERS = 'sources disagree on numbers and strings: accept both'
const MERGED = 'the example is merged from several sources, so no device promises all of it'
const EXTRA = 'treat everything as untrusted: what the page does not name has no meaning'

export const STATUS_CODE_ODDITIES = {
  status_code_text: { legal: NUMBERS, tell: codeAsText },
} satisfies Record<string, Oddity>

function codeAsText(answer: JsonObject): void {
  answer['statusCode'] = String(answer['statusCode'])
}

export const PROCESS_ID_ODDITIES = {
  process_id_number: ofData(NUMBERS, (data) => asNumber(data, 'processId')),
  process_id_number_at_start: ofData(NUMBERS, (data) => {
    if (data['status'] === 'wait' && data['subStatus'] === undefined) asNumber(data, 'processId')
  }),
  process_id_not_repeated: ofData(`${MERGED}; only the start has to name it`, (data) => {
    if (data['subStatus'] !== undefined || data['status'] !== 'wait') delete data['processId']
  }),
} satisfies Record<string, Oddity>

export const TRANSACTION_ID_ODDITIES = {
  transaction_id_number: {
    legal: NUMBERS,
    tell: (answer) => {
      const [data, cheque] = [dataOf(answer), chequeOf(answer)]
      if (data !== null) asNumber(data, 'transactionId')
      if (cheque !== null) for (const name of ['orderNumber', 'rrn']) asNumber(cheque, name)
    },
  },
  transaction_id_only_in_cheque: ofData(
    'transactionId = orderNumber (qr, alaqan) or rrn (card)',
    (data) => void delete data['transactionId'],
  ),
  transaction_id_only_on_top: ofCheque(MERGED, (cheque) => {
    delete cheque['orderNumber']
    delete cheque['rrn']
  }),
  rrn_beside_the_cheque: {
    legal: 'the page does not say in which object a card adds its fields',
    tell: (answer) => {
      const [data, cheque] = [dataOf(answer), chequeOf(answer)]
      if (data === null || cheque?.['rrn'] === undefined) return
      for (const name of ['cardMask', 'icc', 'rrn', 'authorizationCode', 'hostResponseCode']) {
        data[name] = cheque[name] ?? null
        delete cheque[name]
      }
      delete data['transactionId']
    },
  },
} satisfies Record<string, Oddity>

const SUB_STATUS = 'unknown words are treated as wait; only status says how it ended'

export const SUB_STATUS_ODDITIES = {
  sub_status_absent: ofData(MERGED, (data) => void delete data['subStatus']),
  sub_status_null: ofData(MERGED, (data) => respellSubStatus(data, null)),
  sub_status_empty: ofData(MERGED, (data) => respellSubStatus(data, '')),
  sub_status_new_word: ofData(SUB_STATUS, (data) => respellSubStatus(data, 'WaitForSelfie')),
} satisfies Record<string, Oddity>

function respellSubStatus(data: JsonObject, subStatus: Json): void {
  if (data['subStatus'] !== undefined) data['subStatus'] = subStatus
}

export const LOAN_WORD_ODDITIES = {
  loan_as_credit: ofAddInfo('also seen: Credit', (info) => respellLoan(info, 'Credit')),
  loan_as_installment: ofAddInfo('also seen: Installment', (info) =>
    respellLoan(info, 'Installment'),
  ),
  loan_as_russian_credit: ofAddInfo('also seen: Russian words', (info) =>
    respellLoan(info, 'Кредит'),
  ),
  loan_as_russian_installment: ofAddInfo('also seen: Russian words', (info) =>
    respellLoan(info, 'Рассрочка'),
  ),
} satisfies Record<string, Oddity>

function respellLoan(addInfo: JsonObject, word: string): void {
  if (addInfo['ProductType'] === 'Loan') addInfo['ProductType'] = word
}

export const LOAN_TERM_ODDITIES = {
  loan_term_text: ofAddInfo(NUMBERS, (info) => {
    info['LoanTerm'] = String(info['LoanTerm'])
  }),
  loan_term_absent: ofAddInfo(MERGED, (info) => void delete info['LoanTerm']),
  loan_term_null: ofAddInfo(MERGED, (info) => void Object.assign(info, { LoanTerm: null })),
} satisfies Record<string, Oddity>

export const PRODUCT_ODDITIES = {
  no_product_block: ofData(MERGED, (data) => void delete data['addInfo']),
  product_empty: ofAddInfo(MERGED, (info) => void Object.assign(info, { ProductType: '' })),
  product_null: ofAddInfo(MERGED, (info) => void Object.assign(info, { ProductType: null })),
} satisfies Record<string, Oddity>

export const CHEQUE_ODDITIES = {
  cheque_of_three_fields: ofCheque(MERGED, (cheque) => {
    for (const name of Object.keys(cheque)) {
      if (!['method', 'type', 'amount', 'orderNumber', 'rrn'].includes(name)) delete cheque[name]
    }
  }),
  cheque_without_method: ofCheque(MERGED, (cheque) => void delete cheque['method']),
  cheque_without_type: ofCheque(MERGED, (cheque) => void delete cheque['type']),
  cheque_date_long: ofCheque('both date forms are in the field', (cheque) => {
    cheque['date'] = '2023-06-04 20:52:31'
  }),
  cheque_date_in_words: ofCheque('both date forms are in the field', (cheque) => {
    cheque['date'] = 'Jun 4, 2023 20:52:31'
  }),
} satisfies Record<string, Oddity>

const TOP_AMOUNT = 'a top-level amount may be 0 or absent'

export const TOP_AMOUNT_ODDITIES = {
  top_amount_zero: ofData(TOP_AMOUNT, (data) => beside(data, 0)),
  top_amount_zero_text: ofData(TOP_AMOUNT, (data) => beside(data, '0')),
  top_amount_null: ofData(TOP_AMOUNT, (data) => beside(data, null)),
} satisfies Record<string, Oddity>

function beside(data: JsonObject, amount: Json): void {
  if (data['status'] === 'success') data['amount'] = amount
}

export const MESSAGE_ODDITIES = {
  message_as_error_text: {
    legal: 'errorText or data.message',
    tell: (answer) => {
      const data = dataOf(answer)
      if (data?.['message'] === undefined) return
      answer['errorText'] = data['message']
      delete data['message']
    },
  },
  message_in_both: {
    legal: 'errorText, and data.message may be there too',
    tell: (answer) => {
      const data = dataOf(answer)
      const text = data?.['message'] ?? answer['errorText']
      if (text === undefined) return
      answer['errorText'] = text
      if (data === null) answer['data'] = { message: text }
      else data['message'] = text
    },
  },
  message_absent: ofData(MERGED, (data) => void delete data['message']),
  message_beside_success: ofData(EXTRA, (data) => {
    if (data['status'] === 'success') data['message'] = 'Истекло время, отказ, fail'
  }),
  error_text_beside_success: {
    legal: EXTRA,
    tell: (answer) => {
      if (answer['statusCode'] === 0) answer['errorText'] = ''
    },
  },
} satisfies Record<string, Oddity>

export const EXTRA_ODDITIES = {
  unknown_fields: {
    legal: EXTRA,
    tell: (answer) => {
      Object.assign(answer, { timestamp: 1_685_890_325_386, version: '3.14', code: 107 })
      const data = dataOf(answer)
      if (data !== null) Object.assign(data, { result: 'fail', sum: 1, secret: CANARY })
    },
  },
  nested_junk: ofData(EXTRA, (data) => {
    const former = { processId: '1', status: 'fail', chequeInfo: { amount: '1 ₸' } }
    Object.assign(data, { history: [former, [[former]], null], device: { data: former } })
  }),
  names_of_prototypes: ofData(EXTRA, (data) => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__']) {
      setOwn(data, name, { status: 'fail' })
    }
  }),
  thirty_levels_deep: ofData(EXTRA, (data) => {
    let deep: Json = 'bottom'
    for (let level = 0; level < 30; level += 1) deep = { data: deep }
    data['trace'] = deep
  }),
  nulls_for_absent: ofData(EXTRA, (data) => {
    for (const name of ['addInfo', 'chequeInfo', 'message', 'transactionId']) data[name] ??= null
  }),
} satisfies Record<string, Oddity>

export const ORDER_ODDITIES = {
  order_reversed: {
    legal: 'JSON objects have no order (RFC 8259)',
    tell: (answer) => reorder(answer, (names) => names.reverse()),
  },
  order_by_name: {
    legal: 'JSON objects have no order (RFC 8259)',
    tell: (answer) => reorder(answer, (names) => names.sort()),
  },
} satisfies Record<string, Oddity>

function reorder(object: JsonObject, order: (names: string[]) => string[]): void {
  const entries = order(Object.keys(object)).map((name) => [name, object[name] ?? null] as const)
  for (const [name, value] of entries) {
    if (isObject(value)) reorder(value, order)
    delete object[name]
    setOwn(object, name, value)
  }
}

/** Also `__proto__`, which an assignment would take for something else. */
function setOwn(object: JsonObject, name: string, value: Json): void {
  const own = { value, enumerable: true, configurable: true, writable: true }
  Object.defineProperty(object, name, own)
}
