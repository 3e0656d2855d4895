// Logging in by a code from an SMS, told to whoever writes a console or a script for staff (L1, L2).

import { ALWAYS, OF_BODY, type Operations } from '../operation.ts'

const SEND_CODE = `Отправляет сотруднику SMS с кодом из шести цифр. Ответ одинаков для любого телефона: по нему не узнать, чей он.

Код живёт 5 минут, годится один раз, у него 5 попыток; новый отменяет прежний. Следующий код — через минуту, не больше
десяти в сутки. Сверх этого — 429 с \`Retry-After\`.`

const VERIFY = `Обменивает код на токен. \`expires_at\` — секунды Unix, токен живёт 12 часов.

- **Второй фактор.** Если он включён, ответ — 401 \`second_factor_required\`. Код из SMS при этом цел: повторите тот же вызов
  с \`totp\` из приложения или с \`recovery_code\`.
- **\`must_set_second_factor: true\`** — второй фактор обязателен, а его ещё нет: до \`POST /api/auth/totp/confirm\` остальные
  вызовы отвечают 403 \`second_factor_setup_required\`.
- **\`session: "cookie"\`** — так входит консоль: токен кладётся в cookie, а в ответе \`token\` — null. Только с \`Origin\` самого
  центра и по https. Запросы, меняющие что-либо по cookie, тоже несут \`Origin\` центра, иначе 403 \`foreign_origin\`.
- Неверный код, истёкший и чужой телефон не различить: 401 \`wrong_login_code\`.`

export const loginOperations: Operations = {
  'POST /api/auth/send-code': {
    operationId: 'sendLoginCode',
    tag: 'login',
    summary: 'Отправить код для входа',
    description: SEND_CODE,
    token: null,
    refusals: ['phone_required', ...OF_BODY, 'rate_limited', 'login_unavailable', ...ALWAYS],
    examples: ['login'],
  },
  'POST /api/auth/verify': {
    operationId: 'verifyLoginCode',
    tag: 'login',
    summary: 'Проверить код и войти',
    description: VERIFY,
    token: null,
    refusals: [
      'phone_required',
      ...OF_BODY,
      'wrong_login_code',
      'second_factor_required',
      'wrong_second_factor',
      'foreign_origin',
      'cookie_needs_tls',
      'rate_limited',
      ...ALWAYS,
    ],
    examples: ['login'],
  },
}
