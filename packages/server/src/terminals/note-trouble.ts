// What keeps the centre from a terminal until a person acts: the terminal leaves the pool, a task is
// opened, and the log says it once.

import type { Centre } from '../ports/centre.ts'
import type { LastingTrouble } from '../ports/terminal-store.ts'

const SENTENCES: Readonly<Record<LastingTrouble, string>> = {
  not_registered: 'Терминал не принимает токен: его нужно зарегистрировать заново',
  certificate_changed: 'Сертификат терминала изменился: соединение отклонено',
}

export async function noteTrouble(
  { log, storage }: Centre,
  terminalId: number,
  trouble: LastingTrouble,
): Promise<void> {
  if (await storage.terminals.noteTrouble(terminalId, trouble)) {
    log.error({ terminal: terminalId, trouble }, SENTENCES[trouble])
  }
}
