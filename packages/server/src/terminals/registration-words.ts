// What a person is told about a registration, and what to do about it.

import type { RegisterOutcome } from './register-terminal.ts'

export type ToldRegistration = Exclude<RegisterOutcome, 'not_found' | 'in_progress'>

export interface Words {
  readonly message: string
  /** Null when nothing is left to do. */
  readonly cure: string | null
}

export const REGISTRATION_WORDS: Readonly<Record<ToldRegistration, Words>> = {
  registered: {
    message: 'Терминал зарегистрирован, токен сохранён и обновляется сам',
    cure: null,
  },
  refused: {
    message: 'Терминал отказал: на экране нажали «Запретить», или это имя он уже знает',
    cure: 'Удалите имя центра на терминале («Запретить») и повторите, или возьмите другое имя',
  },
  busy: {
    message: 'На терминале идёт операция',
    cure: 'Дождитесь её конца и повторите',
  },
  not_connected: {
    message: 'С терминалом нет связи',
    cure: 'Запустите проверку терминала: она покажет, что мешает',
  },
  certificate_changed: {
    message: 'Сертификат терминала изменился: соединение отклонено',
    cure: 'Если сертификат меняли вы, подтвердите новый и повторите регистрацию',
  },
  no_answer: {
    message: 'Ответа нет: на экране ничего не нажали, или ответ потерялся',
    cure: 'Повторите и нажмите «Разрешить»; если терминал откажет, удалите на нём имя центра',
  },
}
