// What staff have the centre do with a terminal: ask it, test it, register, take it out of work and back.

import { ofStaff } from '../operation.ts'

export const terminalDutyOperations = ofStaff('terminals', {
  'GET /api/admin/terminals/{terminal_id}/status': {
    operationId: 'checkTerminalStatus',
    summary: 'Проверить статус терминала',
    description:
      'Спрашивает терминал и камеру, не дольше 5 секунд. Для известного терминала ответ всегда ' +
      '200: что не так, скажут `status` и `message`. Начатой операции не мешает.',
    refusals: ['terminal_not_found'],
  },
  'POST /api/admin/terminals/{terminal_id}/self-test': {
    operationId: 'testTerminal',
    summary: 'Проверить терминал целиком',
    description:
      'Сеть, сертификат, токен, терминал, часы, камера, QR-код, остановка: по строке на проверку, ' +
      'у неудачной — что сделать. Денег не берёт; на занятом терминале лишнее пропускается.',
    refusals: ['terminal_not_found'],
  },
  'POST /api/admin/terminals/{terminal_id}/self-test/live': {
    operationId: 'testTerminalLive',
    summary: 'Проверить терминал, получая строки по мере готовности',
    description:
      'Та же проверка, строками JSON: `{"lines":[…]}` по мере готовности, последняя — `{"checked_at":"…"}`. ' +
      'Обрыв без неё значит, что проверка не дошла до конца.',
    refusals: ['terminal_not_found'],
    plainAnswer: { mediaTypes: ['application/x-ndjson'], description: 'Строки JSON' },
  },
  'GET /api/admin/terminals/{terminal_id}/certificate': {
    operationId: 'showTerminalCertificate',
    summary: 'Какой сертификат показывает терминал',
    description: 'Соединяется с терминалом и ничего не запоминает. Денег не касается.',
    refusals: ['terminal_not_found'],
  },
  'PUT /api/admin/terminals/{terminal_id}/certificate': {
    operationId: 'trustShownCertificate',
    summary: 'Доверять сертификату, который вы видели',
    description:
      'Запоминает сертификат для режима `pinned`, только если терминал всё ещё показывает именно его: иначе ' +
      '`outcome` — `changed`.',
    refusals: ['terminal_not_found'],
  },
  'POST /api/admin/terminals/{terminal_id}/register': {
    operationId: 'registerTerminal',
    summary: 'Зарегистрировать центр на терминале',
    description:
      'Ждёт до двух минут, пока на экране нажмут «Разрешить»: ставьте тайм-аут больше. Чем ' +
      'кончилось, скажет `outcome`, и неудача — тоже 200.',
    refusals: ['terminal_not_found', 'registration_in_progress'],
  },
  'POST /api/admin/terminals/{terminal_id}/trust-certificate': {
    operationId: 'trustTerminalCertificate',
    summary: 'Доверять сертификату терминала',
    description:
      'Запоминает сертификат, который терминал показывает сейчас, для режима `pinned`. Сверьте ' +
      'отпечаток из ответа с экраном терминала.',
    refusals: ['terminal_not_found'],
  },
  'POST /api/admin/terminals/{terminal_id}/take-out': {
    operationId: 'takeOutTerminal',
    summary: 'Вывести терминал из работы',
    description: 'Новых платежей не берёт, начатый доводит до конца.',
    refusals: ['terminal_not_found', 'already_taken_out'],
  },
  'POST /api/admin/terminals/{terminal_id}/return': {
    operationId: 'returnTerminal',
    summary: 'Вернуть терминал в работу',
    description: 'Снова берёт платежи.',
    refusals: ['terminal_not_found', 'not_taken_out'],
  },
  'POST /api/admin/terminals/{terminal_id}/resolve-quarantine': {
    operationId: 'resolveTerminalQuarantine',
    summary: 'Снять карантин раньше срока',
    description:
      'Только когда вы видели экран или журнал терминала и знаете, что операции на нём нет: ' +
      'напишите об этом в `evidence`. Терминал с живой операцией не освобождается, а следующий ' +
      'старт всё равно пробный.',
    refusals: ['terminal_not_found', 'not_quarantined', 'operation_running'],
  },
})
