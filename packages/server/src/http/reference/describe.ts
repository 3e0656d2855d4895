// Joins what the routes validate with what people are told about them. Pure: document in, document out.

import { ErrorAnswer } from '@byfly-pay/contract'
import type { FieldErrors } from '../refusal.ts'
import { errorAnswers } from './error-answers.ts'
import { codeSamples } from './examples.ts'
import { withModels } from './models.ts'
import type { OpenApiDocument, RouteOperation } from './openapi.ts'
import type { Operation, Operations } from './operation.ts'
import { pathParameters, shapeOf } from './path-parameters.ts'
import { type RouteRight, refusalsOfStaff, whoMay } from './staff-access.ts'

/** The right of a route of the administration; null for all other routes. */
export type RightOf = (method: string, path: string) => RouteRight | null

const NOTHING_NEW = 'Платёж завершён, и клиент это уже знает: переподключаться не нужно'

/**
 * Routes without a description are no part of the reference and are left out.
 *
 * @throws when a description is of no route: a fault of the program
 */
export function describe(
  document: OpenApiDocument,
  operations: Operations,
  rightOf: RightOf,
): OpenApiDocument {
  const routePaths = new Map(Object.keys(document.paths).map((path) => [shapeOf(path), path]))
  const paths: Record<string, Record<string, RouteOperation>> = {}
  for (const [key, operation] of Object.entries(operations)) {
    const [verb = '', path = ''] = key.split(' ')
    const method = verb.toLowerCase()
    const routePath = routePaths.get(shapeOf(path)) ?? ''
    const route = document.paths[routePath]?.[method]
    if (route === undefined) throw new Error(`В справочнике описан адрес, которого нет: ${key}`)
    const described = describeRoute(key, route, operation, rightOf(verb, routePath))
    paths[path] = { ...paths[path], [method]: described }
  }
  return withModels({ ...document, paths }, [ErrorAnswer])
}

const SECURITY = { source: {}, staff: { security: [{ staffToken: [] }] } } as const

/** @param key the method and the path */
function describeRoute(
  key: string,
  route: RouteOperation,
  operation: Operation,
  right: RouteRight | null,
): RouteOperation {
  const [verb, path = ''] = key.split(' ')
  const { operationId, summary, description, tag, token } = operation
  const { isKeyed = false, isStream = false } = operation
  const query = (route.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const parameters = [
    ...pathParameters(path),
    ...query,
    ...(isKeyed ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(isStream ? [{ $ref: '#/components/parameters/LastEventId' }] : []),
  ]
  const takes = {
    body: route.requestBody !== undefined,
    query: query.length > 0,
    isWrite: verb !== 'GET',
  }
  const refusals =
    right === null ? operation.refusals : refusalsOfStaff(right, takes, operation.refusals)
  const samples = codeSamples(operation.examples ?? [])
  return {
    operationId,
    tags: [tag],
    summary,
    description: right === null ? description : `${description}\n\n${whoMay(right)}`,
    ...(token === null ? { security: [] } : SECURITY[token]),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...describeBody(route.requestBody),
    responses: {
      ...successes(route, operation),
      ...errorAnswers(refusals, isKeyed, faultIn(route)),
    },
    ...(samples.length === 0 ? {} : { 'x-codeSamples': samples }),
  }
}

/** An invented fault of a field that the route really has, for the example of a refusal. */
function faultIn({ requestBody, parameters = [] }: RouteOperation): FieldErrors {
  const bodies = Object.values(requestBody?.content ?? {}).map(({ schema }) => schema)
  const [required] = bodies.flatMap((schema) => schema.required ?? [])
  if (required !== undefined) return { [required]: 'Field is required' }
  const [field] = bodies.flatMap((schema) => Object.keys(schema.properties ?? {}))
  const asked = field ?? parameters.find((parameter) => parameter.in === 'query')?.name
  return { [asked ?? 'id']: 'Is not valid' }
}

/** An absent body is an empty object, which is enough wherever no field is asked for. */
function describeBody(body: RouteOperation['requestBody']) {
  if (body === undefined) return {}
  const schemas = Object.values(body.content).map(({ schema }) => schema)
  const required = schemas.some((schema) => (schema.required ?? []).length > 0)
  return { requestBody: { ...body, required } }
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
    const { mediaTypes, description, example } = plainAnswer
    const media = example === undefined ? {} : { example }
    const content = Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, media]))
    return {
      200: { description, headers, content },
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
