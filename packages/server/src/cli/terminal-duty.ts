// `byfly terminal check | take-out | return | resolve`: how a terminal is, and whether it works.

import type { CheckLine } from '../terminals/checklist.ts'
import { type ResolveOutcome, resolveQuarantine } from '../terminals/resolve-quarantine.ts'
import { testByStaff } from '../terminals/self-test.ts'
import { bringBackTerminal, takeOutTerminal } from '../terminals/take-out-terminal.ts'
import { operator } from './operator.ts'
import { say } from './output.ts'
import { noTerminal } from './terminal.ts'
import { CommandError, parseNumber, withCentre } from './with-centre.ts'

interface Reason {
  readonly reason: string
}

export function checkTerminalNow(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const tested = await testByStaff(centre, operator(), id, 'ru')
    if (tested === null) throw noTerminal(id)
    for (const { check, cure, message, state } of tested.lines) {
      say(
        `${MARKS[state]} ${TITLES[check].padEnd(11)} ${message}${cure === null ? '' : `. ${cure}`}`,
      )
    }
    if (tested.lines.some(({ state }) => state === 'failed')) process.exitCode = 1
  })
}

const MARKS: Readonly<Record<CheckLine['state'], string>> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  skipped: '·',
}

const TITLES: Readonly<Record<CheckLine['check'], string>> = {
  network: 'сеть',
  tls: 'сертификат',
  token: 'токен',
  device: 'терминал',
  clock: 'часы',
  camera: 'камера',
  qr: 'QR',
  stop: 'остановка',
}

export function takeOutNow(idText: string, flags: Reason): Promise<void> {
  const id = parseNumber(idText, 'id')
  const reason = textOf(flags.reason, '--reason', 500)
  return withCentre(async (centre) => {
    const outcome = await takeOutTerminal(centre, operator(), id, reason)
    if (outcome === 'not_found') throw noTerminal(id)
    if (outcome === 'already_taken_out') {
      throw new CommandError(`Терминал ${id} уже выведен из работы: byfly terminal list`)
    }
    say(`Терминал ${id} выведен из работы. Начатое на нём доводится до конца.`)
  })
}

export function bringBackNow(idText: string, flags: Reason): Promise<void> {
  const id = parseNumber(idText, 'id')
  const reason = textOf(flags.reason, '--reason', 500)
  return withCentre(async (centre) => {
    const outcome = await bringBackTerminal(centre, operator(), id, reason)
    if (outcome === 'not_found') throw noTerminal(id)
    if (outcome === 'not_taken_out') {
      throw new CommandError(`Терминал ${id} из работы не выводили`)
    }
    say(`Терминал ${id} возвращён в работу.`)
  })
}

export function resolveQuarantineNow(
  idText: string,
  flags: Reason & { readonly evidence: string },
): Promise<void> {
  const id = parseNumber(idText, 'id')
  const reason = textOf(flags.reason, '--reason', 500)
  const evidence = textOf(flags.evidence, '--evidence', 2_000)
  return withCentre(async (centre) => {
    const outcome = await resolveQuarantine(centre, operator(), id, { reason, evidence })
    if (outcome === 'not_found') throw noTerminal(id)
    if (outcome !== 'released') throw new CommandError(REFUSALS[outcome])
    say(`Карантин терминала ${id} снят. Следующий старт на нём пробный.`)
  })
}

const REFUSALS: Readonly<Record<Exclude<ResolveOutcome, 'released' | 'not_found'>, string>> = {
  not_quarantined: 'Терминал не в карантине',
  operation_running: 'На терминале идёт операция: освободит его только её конец',
}

function textOf(text: string, flag: string, limit: number): string {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > limit) {
    throw new CommandError(`${flag}: от 1 до ${limit} знаков`)
  }
  return trimmed
}
