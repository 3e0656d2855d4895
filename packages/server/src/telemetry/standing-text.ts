// How the books stand, as Prometheus reads it. A text of its own, made anew from each reading, so that what
// could not be read is absent rather than old.

import { AVAILABILITIES, SECOND_MS } from '@byfly-pay/core'
import { Gauge, Registry } from 'prom-client'
import type { BooksStanding, OpenStanding } from '../ports/standing-store.ts'

/** Classes of age: younger than so many seconds. */
const AGES = [
  ['1m', 60],
  ['5m', 300],
  ['1h', 3_600],
  ['older', Number.POSITIVE_INFINITY],
] as const

export function standingText(books: BooksStanding): Promise<string> {
  const registry = new Registry()
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ) => new Gauge({ name, help, registers: [registry], labelNames: [...labelNames] })

  showOpen(
    books.open,
    gauge('byfly_open_attempts', 'Открытые попытки и возвраты: состояние и возраст (моложе чем)', [
      'purpose',
      'state',
      'age',
    ]),
    gauge('byfly_open_attempt_oldest_seconds', 'Возраст старейшей открытой попытки', [
      'purpose',
      'state',
    ]),
  )
  const terminals = gauge('byfly_terminals', 'Терминалы: чем заняты', ['system', 'availability'])
  for (const { byAvailability, system } of books.terminals) {
    for (const word of AVAILABILITIES) {
      terminals.set({ system, availability: word }, byAvailability[word])
    }
  }
  gauge('byfly_queue_length', 'Платежи в очереди за терминалом').set(books.queue.count)
  gauge('byfly_queue_oldest_seconds', 'Сколько ждёт первый в очереди').set(
    books.queue.oldestMs / SECOND_MS,
  )
  gauge('byfly_deliveries_due', 'Вебхуки, которым пора уйти').set(books.deliveries.count)
  gauge('byfly_delivery_oldest_due_seconds', 'На сколько опаздывает старейший вебхук').set(
    books.deliveries.oldestMs / SECOND_MS,
  )
  gauge('byfly_endpoints_failing', 'Получатели вебхуков, которые не отвечают').set(
    books.failingEndpoints,
  )
  gauge('byfly_texts_due', 'SMS, которым пора уйти').set(books.texts.count)
  gauge('byfly_text_oldest_due_seconds', 'Сколько ждёт старейшее SMS').set(
    books.texts.oldestMs / SECOND_MS,
  )
  gauge('byfly_figure_deltas_unfolded', 'Строки показателей, ещё не сложенные в дни').set(
    books.unfoldedDeltas,
  )
  if (books.certificateExpiresAtMs !== null) {
    gauge('byfly_certificate_expiry_timestamp_seconds', 'Когда кончается сертификат центра').set(
      books.certificateExpiresAtMs / SECOND_MS,
    )
  }
  return registry.metrics()
}

function showOpen(
  open: readonly OpenStanding[],
  counts: Gauge<'purpose' | 'state' | 'age'>,
  oldest: Gauge<'purpose' | 'state'>,
): void {
  const ages = new Map<string, number>()
  for (const { ageMs, purpose, state } of open) {
    const seconds = ageMs / SECOND_MS
    const age = AGES.find(([, limit]) => seconds < limit)?.[0] ?? 'older'
    counts.inc({ purpose, state, age })
    const key = `${purpose} ${state}`
    if (seconds < (ages.get(key) ?? 0)) continue
    ages.set(key, seconds)
    oldest.set({ purpose, state }, seconds)
  }
}
