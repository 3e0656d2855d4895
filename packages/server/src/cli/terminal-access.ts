// `byfly terminal register | trust`: what a protected terminal and its certificate need from a person.

import { registerTerminal } from '../terminals/register-terminal.ts'
import { trustCertificate } from '../terminals/trust-certificate.ts'
import { TERMINAL_WORDS } from '../terminals/words/words.ts'
import { operator } from './operator.ts'
import { complain, say } from './output.ts'
import { noTerminal } from './terminal.ts'
import { CommandError, parseNumber, withCentre } from './with-centre.ts'

const NAME = /^[\p{L}\p{N} ._-]{1,64}$/u

export function registerTerminalNow(
  idText: string,
  { name }: { readonly name: string },
): Promise<void> {
  const id = parseNumber(idText, 'id')
  if (!NAME.test(name)) {
    throw new CommandError('--name: буквы, цифры, пробел, точка, дефис; не больше 64 знаков')
  }
  return withCentre(async (centre) => {
    say(`Нажмите «Разрешить» на экране терминала ${id}: он покажет имя «${name}».`)
    const outcome = await registerTerminal(centre, operator(), id, name)
    if (outcome === 'not_found') throw noTerminal(id)
    if (outcome === 'in_progress') {
      throw new CommandError('Регистрация уже идёт: нажмите «Разрешить» на экране терминала')
    }
    const { message, cure } = TERMINAL_WORDS.ru.registration[outcome]
    if (cure === null) return say(`${message}.`)
    complain(`${message}.\n${cure}.`)
    process.exitCode = 1
  })
}

export function trustTerminal(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const outcome = await trustCertificate(centre, operator(), id)
    switch (outcome.kind) {
      case 'not_found':
        throw noTerminal(id)
      case 'no_certificate':
        complain('Терминал не показал сертификата: проверьте адрес и что он начинается с https.')
        process.exitCode = 1
        return
      case 'trusted':
        say(`Сертификат запомнен: ${outcome.fingerprint.replace(/(..)(?=.)/g, '$1:')}`)
        say('Сверьте эти цифры с экраном терминала или повторите из другой сети.')
    }
  })
}
