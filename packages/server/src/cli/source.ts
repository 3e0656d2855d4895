// `byfly source add | list | rotate`.

import { LONGEST_OVERLAP_HOURS } from '@byfly-pay/contract'
import { EVERYTHING, HOUR_MS, OPTIONAL_EVENTS, SOURCE_TYPES } from '@byfly-pay/core'
import type { TermsFault } from '../accounts/source-terms.ts'
import { createSource, rotateSecret, rotateToken } from '../accounts/sources.ts'
import { operator } from './operator.ts'
import { say, sayJson, sayTable } from './output.ts'
import { CommandError, oneOf, parseList, parseNumber, withCentre } from './with-centre.ts'

const LIST_LIMIT = 1_000

const FAULTS: Readonly<Record<TermsFault, string>> = {
  unknown_country: 'такой страны нет или она выключена',
  outside_scope: 'страна вне доступа',
  forbidden_webhook_url: '--webhook: нужен https-адрес, доступный из интернета',
  not_an_address: 'нужен адрес или сеть вида 10.0.0.0/8',
}

export interface AddSourceFlags {
  readonly type: string
  readonly unit: string
  readonly webhook?: string
  readonly events?: string
  readonly description?: string
  readonly json?: boolean
}

export function addSource(name: string, flags: AddSourceFlags): Promise<void> {
  const type = oneOf(SOURCE_TYPES, flags.type, '--type')
  const amountUnit = oneOf(['tiyn', 'tenge'] as const, flags.unit, '--unit')
  const webhookEvents = parseList(flags.events ?? '').map((event) =>
    oneOf(OPTIONAL_EVENTS, event, '--events'),
  )
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > 200) throw new CommandError('Имя: от 1 до 200 знаков')
  return withCentre(async (centre) => {
    const made = await createSource(centre, operator(), {
      name: trimmed,
      type,
      description: flags.description ?? null,
      amountUnit,
      defaultWebhookUrl: flags.webhook ?? null,
      webhookEvents,
    })
    if (made.kind === 'refused') throw new CommandError(FAULTS[made.reason])
    if (flags.json === true) {
      sayJson({ id: made.id, api_token: made.apiToken, webhook_secret: made.webhookSecret })
      return
    }
    say(`Источник ${made.id} создан.`)
    say(`  api_token       ${made.apiToken}`)
    say(`  webhook_secret  ${made.webhookSecret}`)
    say('Сохраните оба: больше они не будут показаны.')
  })
}

export function listSources(flags: { readonly json?: boolean }): Promise<void> {
  return withCentre(async ({ storage }) => {
    const sources = await storage.sources.list(EVERYTHING, { afterId: 0, limit: LIST_LIMIT })
    if (flags.json === true) {
      sayJson(
        sources.map(({ id, name, isActive, amountUnit }) => ({
          id,
          name,
          is_active: isActive,
          amount_unit: amountUnit,
        })),
      )
      return
    }
    if (sources.length === 0) return say('Источников ещё нет: byfly source add «Мой сайт»')
    sayTable(
      ['id', 'имя', 'включён', 'единица', 'адрес вебхуков'],
      sources.map((source) => [
        String(source.id),
        source.name,
        source.isActive ? 'да' : 'нет',
        source.amountUnit,
        source.defaultWebhookUrl ?? '—',
      ]),
    )
  })
}

export interface RotateFlags {
  readonly what: string
  readonly overlapHours: string
}

export function rotateSource(idText: string, flags: RotateFlags): Promise<void> {
  const id = parseNumber(idText, 'id')
  const hours = /^\d{1,4}$/.test(flags.overlapHours) ? Number(flags.overlapHours) : -1
  if (hours < 0 || hours > LONGEST_OVERLAP_HOURS) {
    throw new CommandError(`--overlap-hours: целое число часов от 0 до ${LONGEST_OVERLAP_HOURS}`)
  }
  const what = oneOf(['token', 'secret'] as const, flags.what, '--what')
  const rotate = what === 'token' ? rotateToken : rotateSecret
  return withCentre(async (centre) => {
    const fresh = await rotate(centre, operator(), id, hours * HOUR_MS)
    if (fresh === null) throw new CommandError(`Источника ${id} нет`)
    say(`  ${what === 'token' ? 'api_token' : 'webhook_secret'}  ${fresh}`)
    const former = hours === 0 ? 'Прежний уже не действует' : `Прежний действует ещё ${hours} ч`
    say(`${former}. Новый больше не будет показан.`)
  })
}
