// What waits for a person, told to staff.

import { ofStaff } from '../operation.ts'

export const deskOperations = ofStaff('desks', {
  'GET /api/admin/desks': {
    operationId: 'listDesks',
    summary: 'Столы',
    description: 'Сколько на каждом столе ждёт человека и как давно ждёт самое старое.',
  },
  'GET /api/admin/desks/{desk}': {
    operationId: 'listDeskEntries',
    summary: 'Что лежит на столе',
    description:
      'Открытые записи, старые сверху: что известно, сколько ждёт, кто взял и что вы можете ' +
      'сделать. Закрытые — с `state=closed`, новые сверху.',
    refusals: ['not_found'],
  },
  'GET /api/admin/desk-entries/{entry_id}': {
    operationId: 'getDeskEntry',
    summary: 'Одна запись и что с ней делали',
    description: 'То же, что в списке, и `history`: кто что сделал и почему.',
    refusals: ['not_found'],
  },
  'POST /api/admin/desk-entries/{entry_id}/take': {
    operationId: 'takeDeskEntry',
    summary: 'Взять запись себе',
    description:
      'Чтобы двое не делали одно и то же. На каждом столе работают те, у кого есть право на его ' +
      'дела: его видно по `actions`.',
    refusals: ['not_found', 'entry_closed'],
  },
  'POST /api/admin/desk-entries/{entry_id}/assign': {
    operationId: 'assignDeskEntry',
    summary: 'Отдать запись',
    description: 'Сотруднику, который работает за этим столом и видит запись, или никому.',
    refusals: ['not_found', 'entry_closed'],
  },
  'POST /api/admin/desk-entries/{entry_id}/note': {
    operationId: 'noteDeskEntry',
    summary: 'Оставить заметку',
    description: 'Остаётся в `history` записи и в журнале; и у закрытой тоже.',
    refusals: ['not_found'],
  },
  'POST /api/admin/desk-entries/{entry_id}/close': {
    operationId: 'closeDeskEntry',
    summary: 'Закрыть запись',
    description:
      'С причиной. Не закрывается то, что кончится само: карантин, регистрация, сертификат. ' +
      'И попытка без ответа: сначала скажите, чем она кончилась.',
    refusals: ['not_found', 'entry_closed', 'entry_not_closable'],
  },
})
