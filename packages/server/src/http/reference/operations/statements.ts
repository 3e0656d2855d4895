// Statements of the bank and closed days, told to staff.

import { ofStaff } from '../operation.ts'

export const statementOperations = ofStaff('statements', {
  'POST /api/admin/statements': {
    operationId: 'uploadStatement',
    summary: 'Загрузить выписку банка',
    description:
      'Тело запроса — сам файл, CSV или XLSX до 20 МБ и 20 000 строк, с его `Content-Type`. ' +
      'Кодировка и разделитель узнаются сами. Незнакомая таблица — `needs_columns`: назовите ' +
      'столбцы один раз и загрузите снова. Тот же файл второй раз ничего не меняет.',
    refusals: [
      'not_found',
      'wrong_file_type',
      'file_too_large',
      'statement_unreadable',
      'wrong_content_type',
      'wrong_content_encoding',
      'too_large',
      'uploads_busy',
      'period_archived',
    ],
  },
  'GET /api/admin/statements': {
    operationId: 'listStatements',
    summary: 'Загруженные выписки',
    description: 'Новые сверху; `verdicts` — к чему пришли операции.',
  },
  'GET /api/admin/statements/{statement_id}': {
    operationId: 'getStatement',
    summary: 'Одна выписка',
    description: 'То же, что в списке.',
    refusals: ['not_found'],
  },
  'GET /api/admin/statements/{statement_id}/operations': {
    operationId: 'listBankOperations',
    summary: 'Операции выписки',
    description: 'Которые она показала первой, с платежом каждой и тем, что расходится.',
    refusals: ['not_found'],
  },
  'GET /api/admin/statements/{statement_id}/missing-there': {
    operationId: 'listMissingThere',
    summary: 'Деньги, которых нет в выписке',
    description:
      'Записи столов о деньгах за время выписки, которых не показала ни одна выписка; то же, что на ' +
      'столе `statements`.',
    refusals: ['not_found'],
  },
  'GET /api/admin/statement-columns': {
    operationId: 'listStatementColumns',
    summary: 'Известные таблицы',
    description: 'Какой столбец что значит в файлах ваших платёжных систем.',
  },
  'PUT /api/admin/statement-columns': {
    operationId: 'nameStatementColumns',
    summary: 'Назвать столбцы таблицы',
    description: 'Один раз для каждого набора заголовков; потом файл узнаётся по ним.',
    refusals: ['not_found'],
  },
  'GET /api/admin/days': {
    operationId: 'listClosedDays',
    summary: 'Закрытые дни',
    description: 'Последняя версия каждого, новые сверху.',
  },
  'GET /api/admin/days/{day}': {
    operationId: 'getClosedDay',
    summary: 'Отчёт закрытого дня',
    description: 'Слово в слово, как он был закрыт; прежние версии — по `version`.',
    refusals: ['not_found'],
  },
  'GET /api/admin/days/{day}/preview': {
    operationId: 'previewDay',
    summary: 'С каким отчётом день закрылся бы сейчас',
    description: 'Ничего не записывает. День, который ещё идёт, виден тоже, но закрыть его нельзя.',
    refusals: ['not_found'],
  },
  'GET /api/admin/days/{day}/export': {
    operationId: 'exportClosedDay',
    summary: 'Отчёт закрытого дня файлом',
    description:
      'Три таблицы: что получено, что показал банк, что не сошлось. В XLSX каждая на своём листе, в CSV ' +
      'одна под другой; суммы в тенге.',
    refusals: ['not_found'],
    plainAnswer: {
      mediaTypes: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      description: 'Файл, имя — в `Content-Disposition`',
    },
  },
  'POST /api/admin/days/{day}/close': {
    operationId: 'closeDay',
    summary: 'Закрыть день',
    description:
      'Записывает отчёт: что получено по способам, терминалам и источникам, что показал банк и что ' +
      'не сошлось. Закрыть снова можно с причиной: будет новая версия, прежние останутся.',
    refusals: ['not_found', 'day_not_over', 'period_archived'],
  },
})
