// `byfly restored`: a person's word that the books are of an earlier moment.

import { declareRestored } from '../payments/doubt-books.ts'
import { cliActor } from './actor.ts'
import { say } from './output.ts'
import { CommandError, withCentre } from './with-centre.ts'

export function declareRestoredNow(options: { readonly since: string }): Promise<void> {
  const sinceMs = Date.parse(options.since)
  if (Number.isNaN(sinceMs) || !/(Z|[+-]\d{2}:?\d{2})$/.test(options.since)) {
    throw new CommandError(
      `Время копии нужно с поясом, например 2026-01-31T10:00:00+05:00, а не «${options.since}»`,
    )
  }
  return withCentre(async (centre) => {
    const terminals = await declareRestored(centre, cliActor(), sinceMs)
    say(`Открыто задач: ${terminals}, по одной на терминал: что он взял с этого времени.`)
    say('Что было открыто в книгах, центр доспросит сам.')
  })
}
