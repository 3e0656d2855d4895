// `byfly money status | stop | start`: the switch that stops taking money everywhere.

import { localTime } from '@byfly-pay/core'
import { lastSwitch, switchTakingMoney } from '../accounts/switch-taking-money.ts'
import { operator } from './operator.ts'
import { say } from './output.ts'
import { CommandError, withCentre } from './with-centre.ts'

const LONGEST_REASON = 500

export interface SwitchFlags {
  readonly reason: string
}

export function stopTakingMoney(flags: SwitchFlags): Promise<void> {
  return turn(false, flags, 'Приём денег остановлен. Начатые оплаты идут до конца.')
}

export function startTakingMoney(flags: SwitchFlags): Promise<void> {
  return turn(true, flags, 'Деньги снова принимаются.')
}

function turn(isOn: boolean, flags: SwitchFlags, said: string): Promise<void> {
  const reason = flags.reason.trim()
  if (reason === '' || reason.length > LONGEST_REASON) {
    throw new CommandError(`--reason: от 1 до ${LONGEST_REASON} знаков`)
  }
  return withCentre(async (centre) => {
    await switchTakingMoney(centre, operator(), isOn, reason)
    say(said)
  })
}

export function showTakingMoney(): Promise<void> {
  return withCentre(async (centre) => {
    const isOn = await centre.storage.settings.isTakingMoney()
    say(isOn ? 'Деньги принимаются.' : 'Приём денег остановлен.')
    const last = await lastSwitch(centre)
    if (last === null) return
    say(`Переключил ${last.byName}, ${localTime(last.atMs, centre.zone)}: ${last.reason}`)
  })
}
