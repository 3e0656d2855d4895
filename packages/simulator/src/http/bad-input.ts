// Reading fields of a JSON body or query by hand, each refusal naming its field in Russian. It must
// never let an unknown field pass: a misspelt setting would make a test that tests nothing.

/** The caller's mistake; the control server answers 400 with this message. */
export class BadInput extends Error {}

export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(value: unknown, allowed: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadInput('Ожидается JSON-объект')
  }
  for (const name of Object.keys(value)) {
    if (!allowed.includes(name)) {
      throw new BadInput(`Неизвестное поле «${name}»; допустимы: ${allowed.join(', ')}`)
    }
  }
  return { ...value }
}

export function optionalInteger(
  fields: Fields,
  name: string,
  min: number,
  max: number,
): number | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new BadInput(`Поле «${name}»: нужно целое число от ${min} до ${max}`)
  }
  return value
}

export function optionalBoolean(fields: Fields, name: string): boolean | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') throw new BadInput(`Поле «${name}»: нужно true или false`)
  return value
}

export function optionalText(fields: Fields, name: string, maxLength: number): string | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value.length > maxLength) {
    throw new BadInput(`Поле «${name}»: нужна строка не длиннее ${maxLength} символов`)
  }
  return value
}

export function optionalWord<Word extends string>(
  fields: Fields,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  const word = words.find((known) => known === value)
  if (word === undefined) throw new BadInput(`Поле «${name}»: одно из ${words.join(', ')}`)
  return word
}

export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new BadInput(`Поле «${name}» обязательно`)
  return value
}
