// What people are told of webhooks: why a try failed and what to do, and what the doctor found. Programs go
// by the words these are made of.

import type { Diagnosis, DoctorCase, DoctorFinding, TryReason } from '@byfly-pay/core'
import {
  LATE_BY_SECONDS,
  MINUTE_MS,
  QUICK_ANSWER_MS,
  SECOND_MS,
  tryReasonOf,
} from '@byfly-pay/core'

export interface Advice {
  readonly why: string
  readonly cure: string
}

const ADVICE: Readonly<Record<Exclude<TryReason, 'http_status'>, Advice>> = {
  redirect: {
    why: 'Приёмник ответил переадресацией, центр по ней не ходит',
    cure: 'Укажите у источника конечный адрес: с https и без перехода на другой.',
  },
  timeout: {
    why: 'Приёмник не ответил за 10 секунд',
    cure: 'Отвечайте 2xx сразу, а заказ обрабатывайте потом, в очереди.',
  },
  refused: {
    why: 'По этому адресу никто не слушает',
    cure: 'Проверьте, что сервер запущен и порт в адресе верный.',
  },
  unreachable: {
    why: 'До сервера не добраться',
    cure: 'Проверьте адрес и межсетевой экран: центр должен до него доходить.',
  },
  reset: {
    why: 'Приёмник оборвал соединение, не ответив',
    cure: 'Посмотрите его журнал: скорее всего, обработчик упал или его остановил прокси.',
  },
  dns: {
    why: 'Такого имени сервера нет',
    cure: 'Проверьте имя в адресе и его записи DNS.',
  },
  tls: {
    why: 'Сертификат сервера не принят',
    cure: 'Поставьте действующий сертификат вместе с промежуточными.',
  },
  bad_answer: {
    why: 'Ответ не похож на HTTP',
    cure: 'Проверьте, что по этому адресу и порту отвечает веб-сервер.',
  },
  forbidden_address: {
    why: 'Адрес не публичный, центр туда не ходит',
    cure: 'Дайте приёмнику публичный адрес или попросите центр внести его сеть в список.',
  },
  forbidden_url: {
    why: 'На такой адрес вебхуки не отправляются',
    cure: 'Нужен https и публичный адрес.',
  },
  endpoint_switched_off: {
    why: 'Получатель отключён: пять дней не принимал ничего',
    cure: 'Почините приёмник и отправьте любое событие снова: получатель включится.',
  },
  aborted: {
    why: 'Центр остановили во время отправки',
    cure: 'Делать ничего не нужно: отправится снова само.',
  },
  unknown: {
    why: 'Отправить не получилось',
    cure: 'Если повторяется, назовите поддержке номер доставки.',
  },
}

const BY_STATUS: readonly (readonly [RegExp, string])[] = [
  [
    /^40[13]$/,
    'Проверьте ключ: подпись считают по сырому телу, ключ — секрет целиком, вместе с whsec_.',
  ],
  [/^(404|405|410)$/, 'Проверьте путь в адресе и что он принимает POST.'],
  [/^413$/, 'Поднимите у сервера предел тела запроса.'],
  [/^429$/, 'Поднимите предел частоты для центра; он подождёт, сколько сказано в Retry-After.'],
  [/^5/, 'Посмотрите журнал приёмника: обработчик упал на этом событии.'],
]

export function adviceOf(reason: string, httpStatus: number | null): Advice {
  const word = tryReasonOf(reason)
  if (word !== 'http_status') return ADVICE[word]
  const status = String(httpStatus)
  const cure = BY_STATUS.find(([pattern]) => pattern.test(status))?.[1]
  return {
    why: `Приёмник ответил ${status}`,
    cure: cure ?? 'Ответьте 2xx, когда событие принято.',
  }
}

export const CASE_TITLES: Readonly<Record<DoctorCase, string>> = {
  good: 'Верное событие',
  duplicate: 'То же самое ещё раз',
  forged: 'Чужая подпись',
  late: 'Старая отметка времени',
  unknown_event: 'Незнакомое событие',
}

const LATE_MINUTES = (LATE_BY_SECONDS * SECOND_MS) / MINUTE_MS

const FOUND: Readonly<Record<Exclude<DoctorFinding, 'not_taken' | 'no_answer'>, Advice>> = {
  taken: { why: 'Принято', cure: '' },
  taken_slowly: {
    why: `Принято, но дольше ${QUICK_ANSWER_MS / SECOND_MS} с`,
    cure: 'Отвечайте сразу, а работайте потом: через 10 секунд центр сочтёт попытку неудачной.',
  },
  duplicate_taken: {
    why: 'Повтор принят',
    cure:
      'Что сделал приёмник внутри, центру не видно. Найдите у себя этот webhook-id: второй раз он ' +
      'не должен ничего изменить.',
  },
  duplicate_refused: {
    why: 'На повтор приёмник ответил не 2xx',
    cure: 'Узнавайте повтор по webhook-id и отвечайте 2xx, ничего не делая второй раз.',
  },
  forgery_refused: { why: 'Подделка отвергнута', cure: '' },
  forgery_taken: {
    why: 'Приёмник поверил чужой подписи: объявить заказ оплаченным может кто угодно',
    cure: 'Проверяйте подпись до всего остального и отвечайте 401, если она не сошлась.',
  },
  late_refused: { why: 'Старый запрос отвергнут', cure: '' },
  late_taken: {
    why: `Принят запрос, подписанный ${LATE_MINUTES} минут назад: перехваченный можно повторить`,
    cure:
      'Проверяйте подпись по Standard Webhooks: webhook-timestamp подписан, старше 5 минут — 4xx. В ' +
      'X-Webhook-Signature времени нет.',
  },
  broke_down: {
    why: 'Не принято, но и не отвергнуто: приёмник сломался на этом запросе',
    cure: 'Отвечайте 401 на неверную подпись и 400 на старую, не доходя до обработки.',
  },
  unknown_taken: { why: 'Незнакомое событие не мешает', cure: '' },
  unknown_refused: {
    why: 'На незнакомое событие приёмник ответил не 2xx',
    cure: 'Отвечайте 2xx на событие, которого не знаете: новые появляются без предупреждения.',
  },
  not_tried: {
    why: 'Не проверялось: сначала приёмник должен принять верное событие',
    cure: '',
  },
}

/** @param seen why there was no answer, or with what status it was refused */
export function findingWords(
  { finding }: Diagnosis,
  seen: { readonly reason: string | null; readonly httpStatus: number | null },
): Advice {
  if (finding !== 'not_taken' && finding !== 'no_answer') return FOUND[finding]
  return adviceOf(seen.reason ?? 'http_status', seen.httpStatus)
}
