// Words that a caller, a terminal, a camera or a receiver can put wherever they may put anything, none of which may
// ever be met again in a log, a metric or a trace. Bodies of calls are made from the reference's own schemas.

/** Each of a form that something of its kind has; none stands anywhere else by chance. */
export const CANARY = {
  phone: '+77017310499',
  email: 'canary.box@example.kz',
  name: 'Канарейка Жёлтая',
  /** Passes the check digit, as the number of a card does. */
  card: '4000731049900006',
  token: 'ca9a'.repeat(16),
  jwt: 'canary.of-a.token',
  secret: `whsec_${Buffer.from('canary of a secret, long enough').toString('base64')}`,
  qr: 'https://qr.kaspi.kz/973104990001',
  password: 'canary-password',
  text: 'canary-text',
} as const

/** Every way in which they could be written. */
const FORMS: readonly RegExp[] = [
  /canary/i,
  /Канарейка/i,
  /7017310499|731-04-99|731 04 99/,
  /4000731049900006|4000 7310 4990 0006/,
  /(?:ca9a){4}/i,
  /973104990001/,
  new RegExp(CANARY.secret.slice(6, 30)),
]

/** What of them stands in this text, beside `secrets` that belong to the centre itself. */
export function met(text: string, secrets: readonly string[]): string[] {
  const forms = FORMS.flatMap((form) => form.exec(text)?.[0] ?? [])
  return [...forms, ...secrets.filter((secret) => standsIn(text, secret))]
}

/** A code of digits may be a part of a longer number by chance. */
function standsIn(text: string, secret: string): boolean {
  const exactly = secret.replace(/[^\w]/g, '\\$&')
  return text.includes(secret) && new RegExp(`(?<![\\w.-])${exactly}(?![\\w-])`).test(text)
}

export const HEADERS: Readonly<Record<string, string>> = {
  Accept: 'application/json',
  'User-Agent': `canary ${CANARY.phone}`,
  Cookie: `byfly_session=${CANARY.jwt}; card=${CANARY.card}`,
  Referer: `https://shop.example.kz/?email=${CANARY.email}&card=${CANARY.card}`,
  'X-Phone': CANARY.phone,
  'X-Request-Id': CANARY.text,
  'Idempotency-Key': CANARY.text,
  tracestate: 'canary=77017310499',
  baggage: `phone=${CANARY.phone}`,
}

export const QUERY =
  `?search=${encodeURIComponent(CANARY.phone)}&email=${CANARY.email}&token=${CANARY.token}` +
  `&card=${CANARY.card}&qr=${encodeURIComponent(CANARY.qr)}&limit=${CANARY.text}`

interface Schema {
  readonly $ref?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly type?: string
  readonly pattern?: string
  readonly format?: string
  readonly maxLength?: number
  readonly examples?: readonly unknown[]
  readonly items?: Schema
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
}

export interface Reference {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** Bodies that an operation may be sent: of its shape with canaries where text is free, and of no shape. */
export function bodiesOf({ components }: Reference, { requestBody }: Operation): unknown[] {
  const schema = requestBody?.content['application/json']?.schema
  if (schema === undefined) return [undefined]
  const fill = (part: Schema, name: string, whole: boolean): unknown => {
    if (part.$ref !== undefined) {
      const target = components.schemas[part.$ref.split('/').at(-1) ?? '']
      return target === undefined ? null : fill(target, name, whole)
    }
    if (part.const !== undefined) return part.const
    if (part.enum !== undefined) return part.enum[0]
    if (part.anyOf !== undefined) return fill(part.anyOf[0] ?? {}, name, whole)
    switch (part.type) {
      case 'object': {
        const all = Object.entries(part.properties ?? {})
        const kept = whole ? all : all.filter(([key]) => part.required?.includes(key))
        const filled = kept.map(([key, field]) => [key, fill(field, key, whole)])
        return { ...Object.fromEntries(filled), ...(all.length === 0 ? { ...CANARY } : {}) }
      }
      case 'array':
        return [fill(part.items ?? {}, name, whole)]
      case 'string':
        return part.pattern === undefined && part.format === undefined
          ? wordFor(name)
          : (part.examples?.[0] ?? wordFor(name))
      case 'boolean':
        // What it would switch off, or ask of everybody, is needed by the calls after it.
        return !name.includes('obligatory')
      default:
        return part.examples?.[0] ?? 1
    }
  }
  return [
    fill(schema, '', true),
    fill(schema, '', false),
    { ...CANARY },
    JSON.stringify(CANARY).slice(0, -9),
  ]
}

function wordFor(name: string): string {
  if (/phone|number/.test(name)) return CANARY.phone
  if (/email/.test(name)) return CANARY.email
  if (/name|title/.test(name)) return CANARY.name
  if (/secret|key/.test(name)) return CANARY.secret
  if (/token/.test(name)) return CANARY.token
  if (/password/.test(name)) return CANARY.password
  if (/url|address/.test(name)) return `https://example.kz/${CANARY.text}?token=${CANARY.token}`
  return `${CANARY.text} ${CANARY.card} ${CANARY.phone}`
}
