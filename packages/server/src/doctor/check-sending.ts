// What the centre sends: SMS to staff, webhooks to receivers. Receivers are called only when somebody asks for it, and
// then by marked test events.

import { alertRules, EVERYTHING, MINUTE_MS, SECOND_MS } from '@byfly-pay/core'
import type { Acting } from '../accounts/staff.ts'
import { checkReceiver } from '../notices/check-receiver.ts'
import { type SenderStanding, senderStanding } from '../notices/sender-standing.ts'
import { TEXT_ADVICE } from '../notices/text-advice.ts'
import { findingWords } from '../notices/webhook-words.ts'
import type { Centre } from '../ports/centre.ts'
import type { SourceRecord } from '../ports/source-store.ts'
import { failed, type Line, ok, warning } from '../terminals/check-line.ts'
import type { Check } from './examine.ts'
import { type Finding, found } from './finding.ts'

const SMS_MS = 15 * SECOND_MS

export function textCheck(centre: Centre): Check {
  return {
    name: 'sms',
    limitMs: SMS_MS,
    async run() {
      const [standing, rules] = await Promise.all([
        senderStanding(centre),
        centre.storage.alerts.rules(),
      ])
      const least = alertRules(rules).sms_balance_low.threshold ?? 0
      return [found('sms', balanceLine(standing, least), standing.provider)]
    },
  }
}

/** @param least in units of the gateway's currency, as the alert has it */
export function balanceLine({ balance, provider }: SenderStanding, least: number): Line {
  if (provider === 'none') {
    return failed('SMS не настроены, войти нельзя', 'Выберите шлюз в консоли или задайте BYFLY_SMS')
  }
  switch (balance.kind) {
    case 'free':
      return ok('Этот способ денег не просит')
    case 'failed':
      return failed('Остаток у шлюза не узнать', TEXT_ADVICE.ru[balance.fault])
    case 'known': {
      const amount = `${balance.amount} ${balance.currency ?? ''}`.trim()
      return Number(balance.amount) < least
        ? warning(`На счёте у шлюза ${amount}`, 'Пополните счёт: без SMS сотрудники не войдут')
        : ok(`На счёте у шлюза ${amount}`)
    }
  }
}

/** All of a receiver's cases at their slowest, as many receivers as there are side by side. */
const CALL_MS = 2 * MINUTE_MS + 10 * SECOND_MS

/** One check a source that has a receiver. */
export function receiverChecks(
  centre: Centre,
  acting: Acting,
  sources: readonly SourceRecord[],
): Check[] {
  const called = sources.filter((source) => source.isActive && source.defaultWebhookUrl !== null)
  return called.map((source) => ({
    name: 'webhooks',
    limitMs: CALL_MS,
    run: async () => [await calledFinding(centre, acting, source)],
  }))
}

async function calledFinding(
  centre: Centre,
  acting: Acting,
  { id, name }: SourceRecord,
): Promise<Finding> {
  const about = `источник ${id} «${name}»`
  const outcome = await checkReceiver(centre, acting, id, null)
  if (outcome.kind !== 'checked') {
    const cure = `Посмотрите отдельно: byfly webhook doctor ${id}`
    return found('webhooks', warning('Приёмник сейчас не проверить', cure), about)
  }
  const bad = outcome.check.cases.find(({ verdict }) => verdict === 'bad')
  if (bad === undefined) return found('webhooks', ok('Приёмник отвечает как надо'), about)
  const { cure, why } = findingWords(bad, bad)
  return found('webhooks', failed(why, cure === '' ? `byfly webhook doctor ${id}` : cure), about)
}

export async function secretFinding(
  { storage, vault }: Pick<Centre, 'storage' | 'vault'>,
  sources: readonly SourceRecord[],
): Promise<Finding> {
  for (const { id } of sources) {
    for (const sealed of await storage.accounts.sealedSecrets(id)) {
      if (opens(vault, sealed)) continue
      const cure =
        'Верните прежний BYFLY_SECRET_KEY (или secret.key в папке данных): другого пути нет'
      return found('secrets', failed('Ключ не открывает секретов этой базы', cure))
    }
  }
  return found('secrets', ok('Ключ открывает секреты базы'))
}

function opens(vault: Centre['vault'], sealed: Buffer): boolean {
  try {
    vault.open(sealed)
    return true
  } catch {
    return false
  }
}

const SOURCES_LIMIT = 1_000

export function everySource({ storage }: Pick<Centre, 'storage'>): Promise<SourceRecord[]> {
  return storage.sources.list(EVERYTHING, { afterId: 0, limit: SOURCES_LIMIT })
}
