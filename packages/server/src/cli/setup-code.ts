// `byfly setup-code`: a new code for whoever opens the empty centre in a browser.

import { issueSetupCode } from '../first-run/setup-code.ts'
import { operator } from './operator.ts'
import { say } from './output.ts'
import { CommandError, withCentre } from './with-centre.ts'

export function newSetupCode(): Promise<void> {
  return withCentre(async (centre, { publicUrl }) => {
    const code = await issueSetupCode(centre, operator().actor)
    if (code === null) {
      throw new CommandError('Первый сотрудник уже есть, код больше не нужен: byfly admin list')
    }
    say(setupBanner(code, publicUrl ?? centre.publicUrl()))
  })
}

/** @param url base of the console's address */
export function setupBanner(code: string, url: string): string {
  return [
    '',
    `  Центр пуст. Откройте ${url}/console/ и введите код установки:`,
    '',
    `    ${code}`,
    '',
    '  Код действует сутки, пока нет ни одного сотрудника; новый отменяет прежний: byfly setup-code',
    '',
  ].join('\n')
}
