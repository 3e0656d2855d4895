// `byfly source add | list | rotate`.

import { HOUR_MS } from '@byfly-pay/core'
import { createSource, rotateSecret, rotateToken } from '../accounts/sources.ts'
import { say, sayJson, sayTable } from './output.ts'
import { CommandError, parseNumber, withCentre } from './with-centre.ts'

const TYPES = ['website', 'mobile_app', 'desktop_app', 'other'] as const
const EVENTS = ['partially_paid', 'failed', 'cancelled', 'refunded']

export interface AddSourceFlags {
  readonly type: string
  readonly unit: string
  readonly webhook?: string
  readonly events?: string
  readonly description?: string
  readonly json?: boolean
}

export function addSource(name: string, flags: AddSourceFlags): Promise<void> {
  const type = TYPES.find((known) => known === flags.type)
  if (type === undefined) throw new CommandError(`--type: одно из ${TYPES.join(', ')}`)
  if (flags.unit !== 'tiyn' && flags.unit !== 'tenge') {
    throw new CommandError('--unit: tiyn или tenge')
  }
  const unit = flags.unit
  const events = (flags.events ?? '').split(',').filter((event) => event !== '')
  const unknown = events.find((event) => !EVENTS.includes(event))
  if (unknown !== undefined)
    throw new CommandError(`--events: «${unknown}» нет, есть ${EVENTS.join(', ')}`)
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > 200) throw new CommandError('Имя: от 1 до 200 знаков')
  return withCentre(async (centre) => {
    const url = flags.webhook ?? null
    if (url !== null && centre.webhooks.refusalOf(url) !== null) {
      throw new CommandError('--webhook: нужен https-адрес, доступный из интернета')
    }
    const made = await createSource(centre, {
      name: trimmed,
      type,
      description: flags.description ?? null,
      amountUnit: unit,
      defaultWebhookUrl: url,
      webhookEvents: events,
    })
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
    const sources = await storage.accounts.sources()
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
  if (hours < 0) throw new CommandError('--overlap-hours: целое число часов от 0')
  if (flags.what !== 'token' && flags.what !== 'secret') {
    throw new CommandError('--what: token или secret')
  }
  const rotate = flags.what === 'token' ? rotateToken : rotateSecret
  return withCentre(async (centre) => {
    const fresh = await rotate(centre, id, hours * HOUR_MS)
    if (fresh === null) throw new CommandError(`Источника ${id} нет`)
    say(`  ${flags.what === 'token' ? 'api_token' : 'webhook_secret'}  ${fresh}`)
    say(`Прежний действует ещё ${hours} ч. Новый больше не будет показан.`)
  })
}
