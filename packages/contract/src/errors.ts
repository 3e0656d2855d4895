// The one error table: code → HTTP status, whether trying again can help, Russian text. Callers match
// codes, never texts. No other file may name a status or a message of an error.

import type { RejectionCode } from '@byfly-pay/core'

/** Refusals of the rules that a caller can meet; the other two are for the centre's own workers. */
type StateCode = Exclude<RejectionCode, 'attempt_closed' | 'attempt_not_found'>

export type ErrorCode =
  | StateCode
  | 'validation'
  | 'broken_json'
  | 'duplicate_key'
  | 'forbidden_key'
  | 'too_complex'
  | 'too_large'
  | 'wrong_content_type'
  | 'wrong_content_encoding'
  | 'not_event_stream'
  | 'broken_request'
  | 'unauthorized'
  | 'staff_unauthorized'
  | 'forbidden'
  | 'phone_required'
  | 'wrong_login_code'
  | 'second_factor_required'
  | 'wrong_second_factor'
  | 'second_factor_setup_required'
  | 'wrong_totp'
  | 'foreign_origin'
  | 'cookie_needs_tls'
  | 'second_factor_on'
  | 'second_factor_off'
  | 'second_factor_not_started'
  | 'login_unavailable'
  | 'wrong_setup_code'
  | 'setup_closed'
  | 'sms_fixed'
  | 'source_disabled'
  | 'address_not_allowed'
  | 'limit_reached'
  | 'unknown_route'
  | 'payment_not_found'
  | 'payment_archived'
  | 'not_found'
  | 'qr_not_found'
  | 'terminal_not_found'
  | 'operation_running'
  | 'not_quarantined'
  | 'already_taken_out'
  | 'not_taken_out'
  | 'registration_in_progress'
  | 'above_ceiling'
  | 'unknown_method'
  | 'payment_method_required'
  | 'terminal_required'
  | 'external_id_taken'
  | 'forbidden_webhook_url'
  | 'idempotency_mismatch'
  | 'idempotency_in_progress'
  | 'rate_limited'
  | 'taking_money_is_off'
  | 'terminals_busy'
  | 'qr_not_ready'
  | 'last_super_admin'
  | 'in_use'
  | 'rate_has_begun'
  | 'database_unavailable'
  | 'internal'
  | 'query_too_wide'
  | 'export_too_large'
  | 'exports_busy'
  | 'attempt_settled'
  | 'booked_elsewhere'
  | 'delivery_not_sendable'
  | 'replay_in_progress'
  | 'no_webhook_url'
  | 'entry_closed'
  | 'entry_not_closable'
  | 'wrong_file_type'
  | 'file_too_large'
  | 'statement_unreadable'
  | 'uploads_busy'
  | 'day_not_over'
  | 'period_archived'
  | 'refunds_not_allowed'
  | 'purchase_unknown'
  | 'already_replaced'
  | 'texts_unavailable'

export interface ErrorRow {
  readonly httpStatus: 400 | 401 | 403 | 404 | 429 | 500 | 503
  /** The same request, unchanged, may succeed after a while. */
  readonly retryable: boolean
  /** For people; may change, codes do not. */
  readonly message: string
  /** `Retry-After` where nothing better is known; every 429 and 503 carries one (T2). */
  readonly retryAfterSeconds?: number
  /** An answer about the payment's state: kept under an `Idempotency-Key` and repeated (T9). */
  readonly isAboutState?: true
}

function refused(message: string): ErrorRow {
  return { httpStatus: 400, retryable: false, message }
}

function notIn(message: string): ErrorRow {
  return { httpStatus: 401, retryable: false, message }
}

function byState(message: string): ErrorRow {
  return { httpStatus: 400, retryable: false, message, isAboutState: true }
}

function later(message: string, retryAfterSeconds: number): ErrorRow {
  return { httpStatus: 503, retryable: true, message, retryAfterSeconds }
}

export const ERRORS: Readonly<Record<ErrorCode, ErrorRow>> = {
  // The request itself.
  validation: refused('Проверьте поля запроса'),
  broken_json: refused('Тело запроса должно быть объектом JSON в UTF-8'),
  duplicate_key: refused('Одно и то же поле передано в запросе дважды'),
  forbidden_key: refused('В запросе есть недопустимое имя поля'),
  too_complex: refused('Запрос слишком сложный: не больше 100 полей и 8 уровней вложенности'),
  too_large: refused('Запрос слишком большой: не больше 64 КБ'),
  wrong_content_type: refused('Передайте тело запроса с Content-Type: application/json'),
  wrong_content_encoding: refused('Сжатые запросы не принимаются: уберите Content-Encoding'),
  not_event_stream: refused('Это поток событий: передайте Accept: text/event-stream'),
  broken_request: refused('Запрос не удалось прочитать'),

  // Who asks.
  unauthorized: { httpStatus: 401, retryable: false, message: 'Нужен действующий API-токен' },
  staff_unauthorized: { httpStatus: 401, retryable: false, message: 'Требуется авторизация' },
  forbidden: { httpStatus: 403, retryable: false, message: 'Доступ запрещен' },

  // Logging in. Of a wrong code nobody learns whether it is dead, or the phone a stranger's.
  phone_required: refused('Номер телефона обязателен'),
  wrong_login_code: notIn('Код неверный или истек'),
  second_factor_required: notIn('Введите код из приложения или резервный код'),
  wrong_second_factor: notIn('Код второго фактора не подошел'),
  second_factor_setup_required: {
    httpStatus: 403,
    retryable: false,
    message: 'Сначала включите второй фактор',
  },
  foreign_origin: {
    httpStatus: 403,
    retryable: false,
    message: 'Запрос пришел не со страницы центра',
  },
  cookie_needs_tls: refused('Вход в консоль работает только по https'),
  wrong_totp: refused('Код второго фактора не подошел'),
  second_factor_on: refused('Второй фактор уже включен'),
  second_factor_off: refused('Второй фактор не включен'),
  second_factor_not_started: refused('Сначала получите секрет для приложения'),
  // The first run of an empty centre.
  wrong_setup_code: notIn('Код установки неверный или истек'),
  setup_closed: {
    httpStatus: 403,
    retryable: false,
    message: 'Первый сотрудник уже есть: войдите как обычно',
  },
  sms_fixed: refused('Отправка SMS задана при запуске центра: здесь она не меняется'),
  texts_unavailable: later('Ссылку не отправить: на сервере не настроены SMS', 60),
  login_unavailable: later('Вход недоступен: на сервере не настроены SMS', 60),

  // A source that may not.
  source_disabled: { httpStatus: 403, retryable: false, message: 'Источник отключен' },
  address_not_allowed: {
    httpStatus: 403,
    retryable: false,
    message: 'С этого адреса запросы источника не принимаются',
  },
  limit_reached: { httpStatus: 403, retryable: false, message: 'Достигнут лимит источника' },

  // What does not exist, or not for this caller.
  unknown_route: { httpStatus: 404, retryable: false, message: 'Такого адреса в API нет' },
  payment_not_found: { httpStatus: 404, retryable: false, message: 'Платеж не найден' },
  payment_archived: { httpStatus: 404, retryable: false, message: 'Платеж в архиве' },
  not_found: { httpStatus: 404, retryable: false, message: 'Не найдено' },
  qr_not_found: { httpStatus: 404, retryable: false, message: 'QR-кода пока нет' },
  terminal_not_found: { httpStatus: 404, retryable: false, message: 'Терминал не найден' },

  // What the new payment or the start asks for.
  above_ceiling: refused('Сумма больше, чем разрешено источнику'),
  unknown_method: refused('Такого способа оплаты нет'),
  payment_method_required: refused('Выберите способ оплаты'),
  terminal_required: refused('Укажите терминал, перед которым стоит клиент'),
  invalid_part: refused('Такую часть суммы оплатить нельзя'),
  forbidden_webhook_url: refused('На этот адрес вебхуки не отправляются'),

  // What staff ask for.
  query_too_wide: refused('Запрос слишком широкий: сузьте даты или добавьте фильтр'),
  export_too_large: refused('В XLSX столько строк не поместится: сузьте даты или выберите CSV'),
  attempt_settled: refused('По этой попытке решать уже нечего'),
  booked_elsewhere: refused('Эта операция банка уже зачтена по другой попытке'),
  delivery_not_sendable: refused('Вебхук еще ждет слова терминала или заменен более поздним'),
  // Ends by itself, or by a person's word.
  replay_in_progress: {
    httpStatus: 400,
    retryable: true,
    message: 'У этого источника уже идет другой повтор',
  },
  no_webhook_url: refused('У источника нет адреса вебхуков'),

  // How the payment stands.
  already_paid: byState('Платеж уже оплачен'),
  cancelled: byState('Платеж отменен'),
  expired: byState('Срок оплаты истек'),
  currency_not_supported: byState('В этой валюте оплатить нельзя'),
  amount_too_small: byState('Сумма меньше, чем принимает этот способ оплаты'),
  amount_too_large: byState('Сумма больше, чем принимает этот способ оплаты'),
  too_many_attempts: byState('Слишком много попыток: создайте новый платеж'),
  external_id_taken: byState('Платеж с таким external_id уже есть'),
  // Ends by itself, so it is never kept under a key (T9).
  attempt_in_progress: {
    httpStatus: 400,
    retryable: true,
    message: 'Оплата уже идет: дождитесь ее завершения',
  },

  // How its refunds stand.
  nothing_to_refund: byState('Возвращать нечего'),
  refund_too_large: byState('Столько вернуть нельзя: сумма больше, чем осталось'),
  invalid_refund: refused('Сумма возврата должна быть целой для терминала'),
  too_many_refunds: byState('Слишком много возвратов по этому платежу'),
  refund_not_supported: byState('Такую оплату возвращают только в кабинете банка'),
  refund_settled: byState('Этот возврат уже завершен'),
  refund_same_person: refused('Подтвердить или отклонить возврат должен другой человек'),
  purchase_unknown: byState('Номер операции банка неизвестен: вернуть деньги терминалом нельзя'),
  already_replaced: byState('Вместо этого платежа уже создан другой'),
  refund_not_found: { httpStatus: 404, retryable: false, message: 'Возврат не найден' },
  refunds_not_allowed: {
    httpStatus: 403,
    retryable: false,
    message: 'Источнику не разрешены возвраты',
  },
  // These two end by themselves, so they are never kept under a key.
  refund_not_approved: {
    httpStatus: 400,
    retryable: true,
    message: 'Возврат ждет подтверждения',
  },
  refund_in_progress: {
    httpStatus: 400,
    retryable: true,
    message: 'Возврат уже идет: дождитесь его завершения',
  },

  // How the terminal stands.
  operation_running: refused('На терминале идет операция: дождитесь ее конца'),
  not_quarantined: refused('Терминал не в карантине'),
  already_taken_out: refused('Терминал уже выведен из работы'),
  not_taken_out: refused('Терминал не выводили из работы'),
  registration_in_progress: refused('Регистрация уже идет: нажмите «Разрешить» на терминале'),
  // What staff ask for.
  last_super_admin: refused('Это последний действующий супер-администратор'),
  in_use: refused('Этот код уже используется'),
  rate_has_begun: refused('Ставка уже действовала: отменить ее нельзя'),

  // A statement of the bank.
  wrong_file_type: refused('Это не таблица операций: нужен CSV или XLSX'),
  file_too_large: refused('Файл слишком большой: до 20 МБ и 20 000 строк'),
  statement_unreadable: refused('Строки выписки не удалось прочитать'),
  day_not_over: refused('День еще не кончился'),
  period_archived: refused('Часть этих дней в архиве'),

  // How an entry of a desk stands.
  entry_closed: refused('Запись уже закрыта'),
  entry_not_closable: refused('Запись закроется сама, когда исчезнет ее причина'),

  // Keys of repeated requests.
  idempotency_mismatch: refused('Этот Idempotency-Key уже использован для другого запроса'),
  idempotency_in_progress: {
    httpStatus: 400,
    retryable: true,
    message: 'Запрос с этим Idempotency-Key еще выполняется',
  },

  // Not now.
  rate_limited: {
    httpStatus: 429,
    retryable: true,
    message: 'Слишком часто: повторите чуть позже',
    retryAfterSeconds: 1,
  },
  taking_money_is_off: later('Прием платежей временно остановлен', 60),
  terminals_busy: later('Все терминалы заняты, вы в очереди', 2),
  terminals_unavailable: later('Терминалы сейчас недоступны', 30),
  qr_not_ready: later('QR-код еще готовится', 3),
  database_unavailable: later('Сервис временно недоступен', 5),
  exports_busy: later('Уже готовятся другие выгрузки', 15),
  uploads_busy: later('Уже читается другая выписка', 10),
  internal: { httpStatus: 500, retryable: false, message: 'Внутренняя ошибка' },
}
