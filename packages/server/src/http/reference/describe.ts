// Joins what the routes validate with what people are told about them. Pure: document in, document out.

import { ErrorAnswer } from '@byfly-pay/contract'
import { errorAnswers } from './error-answers.ts'
import { codeSamples } from './examples.ts'
import type { Operation, Operations } from './operation.ts'

/** As much of OpenAPI 3.1 as is touched here. */
export interface OpenApiDocument {
  readonly [field: string]: unknown
  readonly paths: Readonly<Record<string, Readonly<Record<string, RouteOperation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

interface RouteOperation {
  readonly [field: string]: unknown
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

interface Schema {
  readonly required?: readonly string[]
  readonly [field: string]: unknown
}

interface Parameter {
  readonly name?: string
  readonly [field: string]: unknown
}

const NOTHING_NEW = 'Платёж завершён, и клиент это уже знает: переподключаться не нужно'

/**
 * Routes without a description are no part of the reference and are left out.
 *
 * @throws when a description is of no route: a fault of the program
 */
export function describe(document: OpenApiDocument, operations: Operations): OpenApiDocument {
  const paths: Record<string, Record<string, RouteOperation>> = {}
  for (const [key, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = key.toLowerCase().split(' ')
    const route = document.paths[path.replace('{transaction_id}', '{id}')]?.[method]
    if (route === undefined) throw new Error(`В справочнике описан адрес, которого нет: ${key}`)
    paths[path] = { ...paths[path], [method]: describeRoute(route, operation) }
  }
  return withModels({ ...document, paths })
}

function describeRoute(route: RouteOperation, operation: Operation): RouteOperation {
  const { operationId, summary, description, tag, needsToken } = operation
  const { isKeyed = false, isStream = false } = operation
  const parameters = [
    ...(route.parameters ?? []).map(describeParameter),
    ...(isKeyed ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(isStream ? [{ $ref: '#/components/parameters/LastEventId' }] : []),
  ]
  const samples = codeSamples(operation.examples ?? [])
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    ...(needsToken ? {} : { security: [] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...describeBody(route.requestBody),
    responses: {
      ...successes(route, operation),
      ...errorAnswers(operation.refusals, isKeyed),
    },
    ...(samples.length === 0 ? {} : { 'x-codeSamples': samples }),
  }
}

/** An absent body is an empty object, which is enough wherever no field is asked for. */
function describeBody(body: RouteOperation['requestBody']) {
  if (body === undefined) return {}
  const schemas = Object.values(body.content).map(({ schema }) => schema)
  const required = schemas.some((schema) => (schema.required ?? []).length > 0)
  return { requestBody: { ...body, required } }
}

function describeParameter(parameter: Parameter) {
  if (parameter.name !== 'id') return parameter
  return {
    ...parameter,
    name: 'transaction_id',
    description: 'Номер платежа, 32 шестнадцатеричных знака в любом регистре',
    schema: { type: 'string', pattern: '^[0-9A-Fa-f]{32}$' },
    example: '019B4F5C8A317D02A6C1E5B4D3F20718',
  }
}

function successes(
  route: RouteOperation,
  { plainAnswer, isKeyed = false, isStream = false }: Operation,
) {
  const headers = {
    'X-Request-Id': { $ref: '#/components/headers/XRequestId' },
    ...(isKeyed
      ? { 'Idempotent-Replayed': { $ref: '#/components/headers/IdempotentReplayed' } }
      : {}),
  }
  if (plainAnswer !== undefined) {
    const { mediaType, description, example } = plainAnswer
    const media = example === undefined ? {} : { example }
    return {
      200: { description, headers, content: { [mediaType]: media } },
      ...(isStream ? { 204: { description: NOTHING_NEW, headers } } : {}),
    }
  }
  return Object.fromEntries(
    Object.entries(route.responses).map(([httpStatus, response]) => [
      httpStatus,
      { ...response, description: httpStatus === '201' ? 'Создан' : 'Получилось', headers },
    ]),
  )
}

/** Every schema with a title becomes a named model, so that a generated client has one type for it. */
function withModels(document: OpenApiDocument): OpenApiDocument {
  const models: Record<string, unknown> = {}
  const hoist = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hoist)
    if (typeof value !== 'object' || value === null) return value
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, hoist(inner)]),
    )
    if (Array.isArray(copy['anyOf'])) return nullable(copy, copy['anyOf'])
    const { title } = copy
    if (typeof title !== 'string' || copy['type'] !== 'object') return copy
    models[title] = copy
    return { $ref: `#/components/schemas/${title}` }
  }
  hoist(ErrorAnswer)
  const { components, ...rest } = document
  const hoisted = hoist(rest) as OpenApiDocument
  const schemas = Object.fromEntries(Object.entries(models).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ...hoisted, components: { ...components, schemas } }
}

/** «This type or null», which readers and generators know better as a list of types. */
function nullable(schema: Record<string, unknown>, choices: readonly unknown[]) {
  const [type, none, ...more] = choices.map((choice) => (choice as Schema)['type'])
  if (none !== 'null' || more.length > 0) return schema
  const { anyOf: _, ...rest } = schema
  return { type: [type, none], ...rest }
}
