// Every route of the reference, walked: headers that protect, methods that nobody asked for, bodies beyond the
// limits (A20, A25). What each route answers to whom is tests/staff/matrix.test.ts.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type Answer, type Call, caller, raw, refusalOf } from '../api/caller.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'

interface Route {
  readonly method: string
  readonly path: string
  readonly isStream: boolean
  readonly isPublic: boolean
  readonly isStaff: boolean
}

interface Operation {
  readonly security?: readonly object[]
  readonly responses: Readonly<Record<string, { readonly content?: object }>>
}

const REFERENCE = join(import.meta.dirname, '../../docs/reference/openapi.json')
/** The one route that takes a file instead of JSON: up to 20 MB, read in a thread of its own. */
const UPLOAD = '/api/admin/statements'
const LIMIT_BYTES = 64 * 1024

function routesOf(): Route[] {
  const { paths } = JSON.parse(readFileSync(REFERENCE, 'utf8')) as {
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  }
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security, responses }]) => ({
      method: method.toUpperCase(),
      path: path.replace(/\{(\w+)\}/g, (_, name) =>
        name === 'transaction_id' ? '0'.repeat(32) : '1',
      ),
      isStream: 'text/event-stream' in (responses['200']?.content ?? {}),
      isPublic: security?.length === 0 || path.startsWith('/api/setup'),
      isStaff: JSON.stringify(security ?? []).includes('staffToken'),
    })),
  )
}

const routes = routesOf()
let centre: TestCentre
let bearer: Readonly<Record<string, string>>
let asNobody: Call
let asStaff: Call
let asSource: Call
before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  const { token } = await loginAs(centre, 'super_admin')
  bearer = { Authorization: `Bearer ${token}` }
  asNobody = caller(centre.url, null)
  asSource = caller(centre.url, centre.source.apiToken)
  asStaff = (method, path, body, headers = {}) =>
    asNobody(method, path, body, { ...bearer, ...headers })
})
after(() => centre.stop())

/** `caller` checks nosniff, frame-ancestors, referrer, no-store and the request's number for each answer. */
function checkSilence({ headers }: Answer, route: string): void {
  for (const name of ['server', 'x-powered-by', 'via', 'x-aspnet-version']) {
    assert.equal(headers.get(name), null, `${route}: ${name}`)
  }
  assert.doesNotMatch(
    headers.get('content-security-policy') ?? '',
    /unsafe-(inline|eval)|\*/,
    route,
  )
}

test('A25: every answer of every route carries what protects it and no name of what runs', async () => {
  assert.ok(routes.length > 140)
  for (const { method, path, isPublic, isStream, isStaff } of routes) {
    const route = `${method} ${path}`
    if (!isPublic) {
      const refused = await asNobody(method, path, method === 'GET' ? undefined : {})
      assert.equal(refused.status, 401, route)
      checkSilence(refused, route)
    }
    // A write of a super admin's would change what the next route is about.
    if (method !== 'GET' || isStream) continue
    const answer = await (isStaff ? asStaff : asSource)(method, path)
    assert.ok(answer.status < 500 || path === '/readyz', `${route}: ${answer.status}`)
    checkSilence(answer, route)
  }
})

test('HEAD is GET without its body; OPTIONS and methods that nobody asked for do nothing', async () => {
  for (const { method, path, isStream, isStaff } of routes) {
    const ask = isStaff ? asStaff : asSource
    if (method === 'GET' && !isStream) {
      const get = await ask('GET', path)
      const headers = isStaff ? bearer : { 'X-API-Token': centre.source.apiToken }
      const head = await fetch(centre.url + path, { method: 'HEAD', headers })
      assert.equal(await head.text(), '', `HEAD ${path}`)
      // What is written out row by row is not made for nobody to read.
      const isAsked = head.status !== 404 && get.status !== 429
      assert.ok(!isAsked || head.status === get.status, `HEAD ${path}: ${head.status}`)
      for (const name of ['content-security-policy', 'x-content-type-options', 'cache-control']) {
        assert.equal(head.headers.get(name), get.headers.get(name), `HEAD ${path}: ${name}`)
      }
    }
    const options = await ask('OPTIONS', path)
    const mayBeAsked = path.startsWith('/api/payment')
    assert.ok(options.status === 404 || (options.status === 204 && mayBeAsked), `OPTIONS ${path}`)
    assert.equal(options.headers.get('allow'), null)
    const wrong = ['PATCH', 'PROPFIND', 'SEARCH', 'LOCK']
    const answer = await ask(wrong[path.length % wrong.length] ?? 'PATCH', path)
    assert.equal(refusalOf(answer).code, 'unknown_route', path)
  }
})

test('TRACE and CONNECT give nothing back of what was sent', async () => {
  const port = Number(new URL(centre.url).port)
  for (const method of ['TRACE', 'CONNECT', 'TRACK', 'DEBUG']) {
    const head = `${method} /api/payment-methods HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`
    const answer = await raw(
      port,
      `${head}X-API-Token: ${centre.source.apiToken}\r\nX-Echo: canary\r\n\r\n`,
    )
    assert.ok(
      answer === '' || /^HTTP\/1\.1 4\d\d /.test(answer),
      `${method}: ${answer.slice(0, 80)}`,
    )
    assert.doesNotMatch(answer, /canary/)
    assert.ok(!answer.includes(centre.source.apiToken))
  }
})

test('A20: every route that takes a body refuses one that is too large, too deep or packed', async () => {
  const large = JSON.stringify({ a: 'x'.repeat(LIMIT_BYTES) })
  const deep = `{"a":${'['.repeat(20)}${']'.repeat(20)}}`
  for (const { method, path, isStaff } of routes) {
    if (method === 'GET' || path === UPLOAD) continue
    const ask = isStaff ? asStaff : asSource
    const route = `${method} ${path}`
    assert.equal(refusalOf(await ask(method, path, large)).code, 'too_large', route)
    assert.equal(refusalOf(await ask(method, path, deep)).code, 'too_complex', route)
    const packed = await ask(method, path, gzipSync('{}'), { 'Content-Encoding': 'gzip' })
    assert.equal(refusalOf(packed).code, 'wrong_content_encoding', route)
    const form = await ask(method, path, 'a=1', { 'Content-Type': 'text/plain' })
    assert.equal(refusalOf(form).code, 'wrong_content_type', route)
  }
})
