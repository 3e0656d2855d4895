// What a mapping file may say: which table and column of an earlier centre feeds which field here. The schema is
// published as docs/reference/import-mapping.schema.json and is all that a file is checked by.

import { PAYMENT_STATUSES, SOURCE_TYPES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { OperatorError } from '../ports/operator-error.ts'

const column = Type.String({ minLength: 1, maxLength: 128 })

/** Where a field's text comes from. */
const feed = Type.Union(
  [
    column,
    Type.Object(
      { value: Type.String({ maxLength: 256, description: 'Одно и то же для всех строк' }) },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        column: Type.Union([column, Type.Array(column, { minItems: 1, maxItems: 8 })], {
          description: 'Столбец; из нескольких берётся первый непустой',
        }),
        words: Type.Optional(
          Type.Record(Type.String({ maxLength: 128 }), Type.String({ maxLength: 128 }), {
            description: 'Слово прежнего центра → слово здесь; другого слова быть не может',
          }),
        ),
        default: Type.Optional(
          Type.String({ maxLength: 256, description: 'Слово здесь, когда столбец пуст' }),
        ),
      },
      { additionalProperties: false },
    ),
  ],
  { description: 'Имя столбца, постоянное значение или столбец со словами' },
)

function table<Fields extends Record<string, string>, Needed extends keyof Fields & string>(
  description: string,
  fields: Fields,
  needed: readonly Needed[],
) {
  type Feeds = { readonly [Name in Needed]: Feed } & {
    readonly [Name in Exclude<keyof Fields, Needed>]?: Feed
  }
  const feeds = Object.entries(fields).map(([name, about]) => {
    const described = { ...feed, description: about }
    const isNeeded = needed.some((one) => one === name)
    return [name, isNeeded ? described : Type.Optional(described)] as const
  })
  return Type.Object(
    {
      table: Type.String({
        pattern: '^[^"\\\\/\\0]{1,128}$',
        description: 'Таблица, можно со схемой через точку; для CSV — имя файла без .csv',
      }),
      fields: Type.Unsafe<Feeds>(
        Type.Object(Object.fromEntries(feeds), { additionalProperties: false }),
      ),
    },
    { description, additionalProperties: false },
  )
}

export const Mapping = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Type.String({
      pattern: '^[a-z0-9_-]{1,40}$',
      description: 'Имя переноса: по нему повторный запуск узнаёт, что уже перенесено',
    }),
    from: Type.String({
      minLength: 1,
      description: 'postgres://… без пароля (он из PGPASSWORD) или папка с CSV рядом с этим файлом',
    }),
    zone: Type.String({ description: 'Пояс времени без пояса, например Asia/Almaty' }),
    ambiguous_times: Type.Optional(
      Type.Enum(['refuse', 'earlier', 'later'], {
        description: 'Час, который часы показали дважды; по умолчанию refuse',
      }),
    ),
    amounts: Type.Enum(['tenge', 'whole_tenge', 'tiyn'], {
      description: 'Единица сумм: тенге с дробью, целые тенге или тиыны',
    }),
    csv: Type.Optional(
      Type.Object(
        {
          delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
          empty: Type.Optional(
            Type.Array(Type.String({ maxLength: 16 }), {
              maxItems: 8,
              description: 'Что ещё значит «пусто», например NULL или \\N',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    countries: Type.Optional(
      Type.Array(
        Type.Object(
          {
            iso: Type.String({ pattern: '^[A-Z]{2}$' }),
            name: Type.String({ minLength: 1, maxLength: 100 }),
            dial_code: Type.String({ pattern: '^\\+[0-9]{1,4}$' }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 300, description: 'Страны, которые завести, если их здесь ещё нет' },
      ),
    ),
    sources: table(
      'Источники; создаются с amount_unit «tenge», если не сказано иначе',
      {
        key: 'Чем платёж называет свой источник',
        name: 'Имя',
        type: `Вид: ${SOURCE_TYPES.join(', ')}`,
        description: 'Описание',
        country: 'Страна по ISO 3166-1: KZ',
        is_active: 'true или false',
        amount_unit: 'tenge или tiyn',
        api_token: 'Токен как есть, 64 шестнадцатеричных знака: хранится его хеш',
        api_token_sha256: 'SHA-256 токена, 64 шестнадцатеричных знака, если самого токена нет',
        webhook_url: 'Адрес вебхуков',
        webhook_secret: 'Ключ подписи вебхуков, любой текст: подписывает и дальше',
      },
      ['key', 'name'],
    ),
    terminals: Type.Optional(
      table(
        'Терминалы; создаются выключенными',
        {
          key: 'Чем платёж называет терминал',
          name: 'Имя',
          address: 'Адрес',
          port: 'Порт',
          camera_id: 'Номер камеры',
          camera_url: 'Адрес камеры',
          country: 'Страна по ISO 3166-1',
        },
        ['key', 'name', 'address'],
      ),
    ),
    payments: table(
      'Платежи',
      {
        id: 'transaction_id, которым платёж зовут и дальше',
        source: 'Ключ источника',
        status: `Статус: ${PAYMENT_STATUSES.join(', ')}; слово leave оставляет платёж там`,
        original_amount: 'Сумма без комиссии',
        paid_amount: 'Сколько отдал клиент, с комиссией',
        commission_amount: 'Комиссия в ней',
        commission_percent: 'Ставка в процентах; без неё — здешняя ставка способа',
        currency: 'Валюта, по умолчанию KZT',
        method: 'Код способа здесь: kaspi_gold, kaspi_red…',
        created_at: 'Когда создан',
        paid_at: 'Когда оплачен',
        expires_at: 'До какого времени можно платить; без него — час',
        updated_at: 'Когда менялся последний раз',
        external_id: 'Номер заказа у источника, один на платёж',
        description: 'Описание',
        customer_name: 'Имя клиента',
        customer_phone: 'Телефон клиента',
        customer_email: 'Почта клиента',
        metadata: 'Данные источника, объект JSON',
        webhook_url: 'Адрес вебхуков этого платежа',
        terminal: 'Ключ терминала, который взял деньги',
        provider_transaction_id: 'Номер операции Kaspi',
      },
      ['id', 'source', 'status', 'original_amount', 'created_at'],
    ),
    history: Type.Optional(
      table(
        'История статусов, если она есть',
        {
          payment: 'transaction_id платежа',
          at: 'Когда',
          status: 'Статус; слово leave пропускает строку',
        },
        ['payment', 'at', 'status'],
      ),
    ),
  },
  { title: 'Перенос из прежнего центра', additionalProperties: false },
)

export type Feed =
  | string
  | { readonly value: string }
  | {
      readonly column: string | string[]
      readonly words?: Readonly<Record<string, string>>
      readonly default?: string
    }
export type Mapping = Static<typeof Mapping>
export type Table = { readonly table: string; readonly fields: Readonly<Record<string, Feed>> }

/** As it is published: the same, with what feeds a field said once. */
export function mappingSchema(): object {
  const dialect = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...Mapping }
  const text = JSON.stringify(dialect, (_, part) =>
    part?.anyOf === feed.anyOf ? { description: part.description, $ref: '#/$defs/feed' } : part,
  )
  return { ...JSON.parse(text), $defs: { feed } }
}

const shape = Compile(Mapping)
const FAULTS_SHOWN = 12

/** @throws OperatorError that names every fault */
export function readMapping(text: string): Mapping {
  const given = parsed(text)
  if (!shape.Check(given)) {
    const faults = shape
      .Errors(given)
      .slice(0, FAULTS_SHOWN)
      .map(({ instancePath, message }) => `  • ${instancePath || '/'}: ${message}`)
    throw new OperatorError(`В файле переноса ошибки:\n${[...new Set(faults)].join('\n')}`)
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: given.zone })
  } catch {
    throw new OperatorError(`В файле переноса zone: нет пояса «${given.zone}»`)
  }
  return given
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new OperatorError(`Файл переноса не JSON: ${(error as Error).message}`)
  }
}

/** The columns that a table's fields are fed by, each once. */
export function columnsOf({ fields }: Table): string[] {
  const named = Object.values(fields).flatMap((one) => {
    if (typeof one === 'string') return [one]
    return 'column' in one ? [one.column].flat() : []
  })
  return [...new Set(named)]
}
