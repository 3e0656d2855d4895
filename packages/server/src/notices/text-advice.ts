// What an operator should do about an SMS that did not go out: a sentence for each fault.

import type { TextFault } from '../ports/text-sender.ts'

const ADVICE: Readonly<Record<TextFault, string>> = {
  wrong_request: 'Шлюз не понял запрос: проверьте имя отправителя.',
  wrong_credentials: 'Шлюз не принял логин, пароль или ключ: проверьте их.',
  no_money: 'На счёте у шлюза кончились деньги: пополните его.',
  address_blocked: 'Шлюз временно закрыл доступ с адреса центра: напишите в его поддержку.',
  text_forbidden: 'Шлюз не пропустил текст или имя отправителя: согласуйте их в его кабинете.',
  wrong_phone: 'Шлюз считает номер неверным: проверьте телефон сотрудника.',
  not_deliverable: 'На этот номер шлюз не доставляет: проверьте телефон и направление.',
  repeated: 'Шлюз уже принял такое же сообщение: второй раз оно не отправлялось.',
  refused: 'Шлюз отказал: причина — в его собственных словах.',
  not_connected: 'Со шлюзом нет связи: проверьте сеть и его адрес.',
  no_answer: 'Шлюз не ответил: сообщение могло уйти, повтор не отправлялся.',
  http_status: 'Шлюз ответил ошибкой HTTP: сообщение могло уйти, повтор не отправлялся.',
  bad_answer: 'Ответ шлюза непонятен: сообщение могло уйти, повтор не отправлялся.',
  not_written: 'Файл sms.ndjson не записывается: проверьте права и место в папке данных.',
  not_configured: 'SMS не настроены: выберите шлюз в настройках консоли или задайте BYFLY_SMS.',
  interrupted: 'Центр остановился во время отправки: сообщение могло уйти.',
}

export function textAdvice(fault: TextFault): string {
  return ADVICE[fault]
}
