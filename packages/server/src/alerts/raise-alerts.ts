// Tells people of what is wrong: reads it, asks core what is news, and writes each piece of news with its
// messages in one transaction. Nothing is sent from here, and nothing is told twice, however many instances
// do this at once.

import {
  type AlertChange,
  alertRules,
  type Condition,
  decideAlerts,
  MINUTE_MS,
  type Moment,
  mayKnow,
  sendAtMs,
} from '@byfly-pay/core'
import type {
  AlertFacts,
  AlertNews,
  AlertSettings,
  Destination,
  NewMessage,
} from '../ports/alert-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { Transaction } from '../ports/transaction.ts'
import { alertText } from './alert-words.ts'

/** What one look goes by. */
interface Look {
  readonly centre: Centre
  readonly settings: AlertSettings
  readonly destinations: readonly Destination[]
  readonly rules: ReturnType<typeof alertRules>
  readonly nowMs: Moment
}

export async function raiseAlerts(centre: Centre): Promise<void> {
  const { alerts } = centre.storage
  const rules = alertRules(await alerts.rules())
  const settings = await alerts.settings()
  const { alerts: open, nowMs } = await alerts.open()
  // Read after what was told, so that what began meanwhile is not told to be over.
  const conditions = await alerts.conditions(rules)
  const { remindAfterMinutes } = settings
  const times = {
    remindAfterMs: remindAfterMinutes === null ? null : remindAfterMinutes * MINUTE_MS,
    calmMs: centre.limits.alertCalmMs,
  }
  const changes = decideAlerts(open, conditions, rules, times, nowMs)
  const seen = changes.flatMap((change) => (change.kind === 'seen' ? change.id : []))
  await centre.storage.transaction((tx) => alerts.seen(tx, seen))
  const news = changes.filter((change) => change.kind !== 'seen')
  if (news.length === 0) return
  const destinations = await destinationsOf(centre)
  const look: Look = { centre, settings, destinations, rules, nowMs }
  for (const change of news) await tell(look, change)
}

/** A centre that has said nothing of who is told tells the chat it was started with. */
async function destinationsOf({ channels, storage }: Centre): Promise<readonly Destination[]> {
  const named = await storage.alerts.destinations()
  const usual = channels.flatMap(({ name, usualAddress }): Destination[] =>
    usualAddress === null
      ? []
      : [
          {
            channel: name,
            adminId: null,
            address: usualAddress,
            severity: 'warning',
            reader: null,
          },
        ],
  )
  const isNamed = ({ address, channel }: Destination) =>
    named.some((one) => one.channel === channel && one.address === address)
  return [...named, ...usual.filter((one) => !isNamed(one))]
}

function tell(look: Look, change: Exclude<AlertChange, { kind: 'seen' }>): Promise<void> {
  const { alerts } = look.centre.storage
  return look.centre.storage.transaction(async (tx) => {
    switch (change.kind) {
      case 'opened': {
        const alert = await begin(look, tx, change.condition)
        if (alert !== null) await write(look, tx, alert, 'opened', fitting(look, alert))
        return
      }
      case 'still': {
        const alert = await alerts.remind(tx, change.id)
        if (alert !== null) await write(look, tx, alert, 'still', fitting(look, alert))
        return
      }
      case 'ended': {
        const alert = await alerts.end(tx, change.id)
        if (alert === null) return
        // Who was not told of it yet need not be told that it is over.
        const told = await alerts.supersede(tx, alert.id)
        if (change.isTold) await write(look, tx, alert, 'ended', told)
      }
    }
  })
}

async function begin(
  { centre, rules }: Look,
  tx: Transaction,
  condition: Condition,
): Promise<AlertFacts | null> {
  const { facts, kind, place } = condition
  const { severity } = rules[kind]
  const id = await centre.storage.alerts.begin(tx, condition, severity)
  if (id !== null) centre.log.warn({ alert: id, kind }, 'Тревога')
  return id === null ? null : { id, kind, severity, place, facts }
}

/** Those who may know of it and want to, of things as grave as this. */
function fitting({ destinations }: Look, alert: AlertFacts): readonly Destination[] {
  return destinations.filter(({ reader, severity }) => {
    const isGraveEnough = severity === 'warning' || alert.severity === 'critical'
    return isGraveEnough && (reader === null || mayKnow(reader.role, reader.scope, alert))
  })
}

async function write(
  { centre, nowMs, settings }: Look,
  tx: Transaction,
  alert: AlertFacts,
  news: AlertNews,
  destinations: readonly NewMessage['destination'][],
): Promise<void> {
  const text = `ByFly Pay: ${alertText(alert, news, 'ru')}`
  const sendAt = sendAtMs(alert.severity, settings.quiet, nowMs, centre.zone)
  for (const destination of destinations) {
    const message = { alertId: alert.id, news, destination, text, sendAtMs: sendAt }
    await centre.storage.alerts.addMessage(tx, message)
  }
}
