// `byfly login unlock | reset-second-factor`: for somebody who cannot get in any more.

import { resetSecondFactor } from '../accounts/oblige-second-factor.ts'
import { unlockLogin } from '../accounts/unlock-login.ts'
import { operator } from './operator.ts'
import { say } from './output.ts'
import { CommandError, readPhone, withCentre } from './with-centre.ts'

export function unlockLoginNow(phoneText: string): Promise<void> {
  const phone = readPhone(phoneText)
  return withCentre(async (centre) => {
    switch (await unlockLogin(centre, operator().actor, phone)) {
      case 'unlocked':
        return say('Готово: код можно запросить снова.')
      case 'not_locked':
        return say('Лимиты этого телефона не тронуты: код и так можно запросить.')
      case 'not_found':
        throw nobody(phone)
    }
  })
}

export function resetSecondFactorNow(phoneText: string): Promise<void> {
  const phone = readPhone(phoneText)
  return withCentre(async (centre) => {
    const admin = await centre.storage.staff.adminByPhone(phone)
    if (admin === null) throw nobody(phone)
    const isReset = await resetSecondFactor(centre, operator().actor, admin.id)
    say(
      isReset ? 'Второй фактор сброшен: для входа хватит SMS.' : 'Второй фактор и не был включён.',
    )
  })
}

function nobody(phone: string): CommandError {
  return new CommandError(`Сотрудника с телефоном ${phone} нет`)
}
