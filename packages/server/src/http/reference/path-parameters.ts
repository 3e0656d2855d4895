// What stands in the braces of a path. Routes call most of them `id`; a reader is told whose.

import { DESKS } from '@byfly-pay/core'
import type { Parameter } from './openapi.ts'

const COUNT = { type: 'string', pattern: '^[1-9][0-9]{0,8}$' }

const HEX = { type: 'string', pattern: '^[0-9A-Fa-f]{32}$' }
const HEX_EXAMPLE = '019B4F5C8A317D02A6C1E5B4D3F20718'

const PARAMETERS: Readonly<Record<string, object>> = {
  transaction_id: {
    description: 'Номер платежа, 32 шестнадцатеричных знака в любом регистре',
    schema: HEX,
    example: HEX_EXAMPLE,
  },
  attempt_id: {
    description: 'Номер попытки из `attempts` этого платежа',
    schema: HEX,
    example: HEX_EXAMPLE,
  },
  delivery_id: { description: 'Номер доставки', schema: HEX, example: HEX_EXAMPLE },
  replay_id: { description: 'Номер повтора', schema: HEX, example: HEX_EXAMPLE },
  refund_id: {
    description: 'Номер возврата, 32 шестнадцатеричных знака в любом регистре',
    schema: HEX,
    example: '019B4F61D2C07A11B5E0C7F2A9D41830',
  },
  source_id: { description: 'Номер источника', schema: COUNT, example: '3' },
  terminal_id: { description: 'Номер терминала', schema: COUNT, example: '3' },
  connection_id: { description: 'Номер подключения', schema: COUNT, example: '12' },
  method_id: { description: 'Номер способа оплаты', schema: COUNT, example: '3' },
  rate_id: { description: 'Номер ставки этого способа', schema: COUNT, example: '12' },
  desk: {
    description: 'Стол',
    schema: { type: 'string', enum: [...DESKS] },
    example: 'late_money',
  },
  entry_id: { description: 'Номер записи на столе', schema: COUNT, example: '81' },
  statement_id: { description: 'Номер выписки', schema: COUNT, example: '12' },
  day: {
    description: 'День по времени центра, YYYY-MM-DD',
    schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    example: '2025-12-24',
  },
  admin_id: { description: 'Номер сотрудника', schema: COUNT, example: '7' },
  recipient_id: { description: 'Номер получателя тревог', schema: COUNT, example: '4' },
  view_id: { description: 'Номер сохранённого фильтра', schema: COUNT, example: '5' },
  session_id: {
    description: 'Номер сессии',
    schema: { type: 'string', format: 'uuid' },
    example: '019b4f5c-8a31-7d02-a6c1-e5b4d3f20718',
  },
  iso: {
    description: 'Код страны по ISO 3166-1',
    schema: { type: 'string', pattern: '^[A-Z]{2}$' },
    example: 'KZ',
  },
  code: {
    description: 'Код платёжной системы',
    schema: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,62}$' },
    example: 'kaspi',
  },
}

const BRACES = /\{(\w+)\}/g

/** The path with nothing in its braces: the same for a route and for what is told of it. */
export function shapeOf(path: string): string {
  return path.replace(BRACES, '{}')
}

/**
 * OpenAPI's parameters of the path as it is told.
 *
 * @throws when one of them has no description: a fault of the program
 */
export function pathParameters(path: string): readonly Parameter[] {
  return [...path.matchAll(BRACES)].map(([, name = '']) => {
    const parameter = PARAMETERS[name]
    if (parameter === undefined) throw new Error(`Параметр пути без описания: ${name}`)
    return { in: 'path', name, required: true, ...parameter }
  })
}
