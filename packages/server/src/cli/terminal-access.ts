// `byfly terminal register | trust`: what a protected terminal and its certificate need from a person.

import { registerTerminal } from '../terminals/register-terminal.ts'
import { trustCertificate } from '../terminals/trust-certificate.ts'
import { complain, say } from './output.ts'
import { noTerminal } from './terminal.ts'
import { CommandError, parseNumber, withCentre } from './with-centre.ts'

/** A little more than the driver itself waits for the tap. */
const REGISTER_MS = 130_000
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
    const outcome = await registerTerminal(centre, id, name, AbortSignal.timeout(REGISTER_MS))
    switch (outcome) {
      case 'registered':
        return say('Готово: терминал зарегистрирован, токен сохранён и обновляется сам.')
      case 'not_found':
        throw noTerminal(id)
      case 'refused':
        complain(
          'Терминал отказал. Либо на экране нажали «Запретить», либо это имя уже было ' +
            'разрешено: удалите его на терминале («Запретить») и повторите, или дайте другое --name.',
        )
        break
      case 'busy':
        complain('На терминале идёт операция: дождитесь её конца и повторите.')
        break
      case 'not_connected':
        complain(`С терминалом нет связи: byfly terminal check ${id}`)
        break
      case 'certificate_changed':
        complain(`Сертификат терминала изменился. Если его меняли вы: byfly terminal trust ${id}`)
        break
      case 'no_answer':
        complain('Ответа нет: на экране ничего не нажали, или ответ потерялся. Повторите.')
    }
    process.exitCode = 1
  })
}

export function trustTerminal(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const outcome = await trustCertificate(centre, id)
    switch (outcome.kind) {
      case 'not_found':
        throw noTerminal(id)
      case 'not_connected':
        complain('Терминал не показал сертификата: проверьте адрес и что он начинается с https.')
        process.exitCode = 1
        return
      case 'trusted':
        say(`Сертификат запомнен: ${outcome.fingerprint.replace(/(..)(?=.)/g, '$1:')}`)
        say('Сверьте эти цифры с экраном терминала или повторите из другой сети.')
    }
  })
}
