// In which language a call of staff is answered: what its `Accept-Language` asks for first of those the centre
// speaks. Russian for whoever asks for none, as the documented contract has it.

import { LANGUAGES, type Language } from '@byfly-pay/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** A browser's list is short; of a longer one the rest counts for nothing. */
const RANGES_LIMIT = 20
const RANGE = /^([a-z]{2,3})(?:-[a-z0-9-]+)?(?:\s*;\s*q=([01](?:\.\d{1,3})?))?$/i

/** For caches between: the same address answers in several languages. */
export function varyByLanguage(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('vary', 'accept-language')
  })
}

export function languageOf({ headers }: FastifyRequest): Language {
  const asked = headers['accept-language'] ?? ''
  const wanted = asked
    .split(',', RANGES_LIMIT)
    .flatMap((range) => {
      const [, tag = '', weight = '1'] = RANGE.exec(range.trim()) ?? []
      const language = LANGUAGES.find((known) => known === tag.toLowerCase())
      return language === undefined || Number(weight) === 0 ? [] : [{ language, weight }]
    })
    .toSorted((a, b) => Number(b.weight) - Number(a.weight))
  return wanted[0]?.language ?? 'ru'
}
