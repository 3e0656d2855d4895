// The OpenAPI document: valid, complete, told in whole, and not stale on disk.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { FastifyInstance } from 'fastify'
import { Compile } from 'typebox/compile'
import { ERRORS, ErrorAnswer, type ErrorCode } from '../../packages/contract/src/index.ts'
import { buildApp } from '../../packages/server/src/http/app.ts'
import { fakeCentre } from '../api/fake-centre.ts'

const FILE = join(import.meta.dirname, '../../docs/reference/openapi.json')

let app: FastifyInstance
let text: string
// biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the document says
let document: any
before(async () => {
  app = buildApp(fakeCentre().centre, { isReady: async () => true })
  text = (await app.inject('/docs/openapi.json')).body
  document = JSON.parse(text)
})
after(() => app.close())

interface Found {
  readonly key: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the document says
  readonly operation: any
}

function operations(): Found[] {
  return Object.entries<object>(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      key: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  )
}

/** Out of Fastify's drawing of its tree, where each step in is four characters. */
function routesOf({ printRoutes }: FastifyInstance): string[] {
  const parts: string[] = []
  const routes: string[] = []
  for (const line of printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part, methods] = /^([│├└─\s]*)(\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? []
    if (part === undefined) continue
    const depth = indent.length / 4 - 1
    parts.splice(depth, Number.POSITIVE_INFINITY, part)
    for (const method of methods?.split(', ') ?? []) routes.push(`${method} ${parts.join('')}`)
  }
  return routes
}

test('it is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(document)
  assert.deepEqual(result.errors ?? [], [])
  assert.equal(validator.version, '3.1')
})

test('the file in docs/reference is what the centre serves: node scripts/write-openapi.ts', () => {
  assert.equal(readFileSync(FILE, 'utf8'), `${text}\n`)
})

test('the same document as YAML', async () => {
  const yaml = await app.inject('/docs/openapi.yaml')
  assert.equal(yaml.statusCode, 200)
  assert.match(yaml.body, /^openapi: 3\.1\.0\n/)
  assert.match(yaml.body, /\/api\/payment\/\{transaction_id\}\/kaspi:/)
})

test('every route is told, but for files of pages', () => {
  const routes = routesOf(app)
    .filter((route) => !/^(HEAD|OPTIONS)|\/assets\/|^GET \/(docs|console)/.test(route))
    .map((route) => route.replace(/:\w+/g, '{}'))
  assert.ok(routes.length >= 60, routes.join('\n'))
  assert.deepEqual(
    operations()
      .map(({ key }) => key.replace(/\{\w+\}/g, '{}'))
      .sort(),
    routes.sort(),
  )
})

test('T2: every code of the error table is told where it can come, with an answer of its shape', () => {
  const shape = Compile(ErrorAnswer)
  const told = new Set<string>()
  for (const { key, operation } of operations()) {
    for (const [status, response] of Object.entries<typeof operation>(operation.responses)) {
      const examples = response.content?.['application/json']?.examples ?? {}
      for (const [code, own] of Object.entries<typeof operation>(examples)) {
        const { value } = own.$ref === undefined ? own : document.components.examples[code]
        told.add(code)
        assert.equal(value.code, code, key)
        assert.equal(String(ERRORS[code as ErrorCode].httpStatus), status, `${key} ${code}`)
        assert.ok(shape.Check(value), `${key} ${code}`)
        assert.match(response.description, new RegExp(`\`${code}\``))
      }
    }
  }
  const silent = Object.keys(ERRORS).filter((code) => !told.has(code))
  assert.deepEqual(silent, [])
})

test('429 and 503 promise a Retry-After, all answers a request number', () => {
  for (const { key, operation } of operations()) {
    for (const [status, response] of Object.entries<typeof operation>(operation.responses)) {
      assert.ok(response.headers['X-Request-Id'], `${key} ${status}`)
      if (status === '429' || status === '503') assert.ok(response.headers['Retry-After'], key)
    }
  }
})

test('every operation says what it does, and every field what it means, with an example', () => {
  for (const { key, operation } of operations()) {
    assert.ok(operation.summary?.length > 0 && operation.description?.length > 0, key)
  }
  const models = Object.entries<Record<string, never>>(document.components.schemas)
  assert.ok(models.length >= 14)
  for (const [model, { properties }] of models) {
    for (const [field, schema] of Object.entries<Record<string, unknown>>(properties ?? {})) {
      if (schema['$ref'] !== undefined || 'const' in schema) continue
      assert.match(String(schema['description']), /[а-яё]/, `${model}.${field}`)
      // A choice between a model and null: the model has examples of its own.
      const isModel = JSON.stringify(schema).includes('"$ref"')
      const isPlain = !isModel && schema['type'] !== 'array' && schema['type'] !== 'boolean'
      if (isPlain) assert.ok(Array.isArray(schema['examples']), `${model}.${field}`)
    }
  }
})

test('each part of the reference asks for its own token, and staff are told who may', () => {
  const [programs, staff] = document['x-tagGroups']
  assert.deepEqual(
    document.tags.map(({ name }: { name: string }) => name),
    [...programs.tags, ...staff.tags],
  )
  const { securitySchemes } = document.components
  assert.deepEqual(
    [securitySchemes.staffToken.type, securitySchemes.staffToken.scheme],
    ['http', 'bearer'],
  )
  for (const { key, operation } of operations()) {
    const isOfStaff = / \/api\/(admin|auth|setup)\b/.test(key)
    assert.equal(staff.tags.includes(operation.tags[0]), isOfStaff, key)
    if (!isOfStaff) continue
    const isOpen = /auth\/(send-code|verify)$|\/api\/setup\b/.test(key)
    assert.deepEqual(operation.security, isOpen ? [] : [{ staffToken: [] }], key)
    if (!isOpen) assert.match(operation.description, /\*\*Кто может:\*\* /, key)
  }
})

test('every answer of a list or of one thing is a model, and operations have names of their own', () => {
  const names = operations().map(({ operation }) => operation.operationId)
  assert.equal(new Set(names).size, names.length)
  for (const { key, operation } of operations()) {
    const bodies = Object.values<typeof operation>(operation.responses)
      .slice(0, 1)
      .flatMap(({ content }) => content['application/json']?.schema?.properties?.data ?? [])
    for (const data of bodies) {
      const isNamed = data.$ref !== undefined || data.items?.$ref !== undefined
      assert.ok(isNamed || data.type === 'null', key)
    }
    const body = operation.requestBody?.content['application/json'].schema
    assert.ok(body === undefined || body.$ref !== undefined, key)
  }
})

test('the guide of staff names calls that there are', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/staff.md'), 'utf8')
  const shapes = new Set(Object.keys(document.paths).map((path) => path.replace(/{\w+}/g, '{}')))
  const named = [...guide.matchAll(/\/api\/(?:admin|auth)\/[\w/$-]+/g)].map(([path]) => path)
  assert.ok(named.length > 20)
  const shapeOf = (path: string) => path.replace(/\/(?:\$\w+|[0-9A-F]{32}|\d+)/g, '/{}')
  for (const path of named) assert.ok(shapes.has(shapeOf(path)), path)
})

test('W1–W5: the webhook is told, with its four headers and both signatures', () => {
  const { post } = document.webhooks.payment
  assert.deepEqual(
    post.parameters.map(({ name }: { name: string }) => name),
    ['X-Webhook-Signature', 'webhook-id', 'webhook-timestamp', 'webhook-signature'],
  )
  assert.equal(
    post.requestBody.content['application/json'].schema.$ref,
    '#/components/schemas/Webhook',
  )
})

test('addresses in it are Kaspi’s, of the machine itself, or invented', () => {
  const hosts = [...text.matchAll(/https?:\/\/([a-z0-9.-]+)/gi)].map(([, host]) => host)
  const known = new Set([
    '127.0.0.1',
    'qr.kaspi.kz',
    'pay.kaspi.kz',
    'pay.example.kz',
    'shop.example.kz',
    'shop',
    'host',
    'pos1.kaspipos.kz',
    '192.168.1.50',
    '192.168.1.60',
  ])
  assert.deepEqual(
    hosts.filter((host) => host === undefined || !known.has(host)),
    [],
  )
})
