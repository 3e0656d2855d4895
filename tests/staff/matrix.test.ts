// A5, A6, A16: every call of the administration by everybody who might make it. What each must answer is
// worked out from core's rights and scope; what no answer may hold is planted in every row that the
// caller may not see.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hasRight, isInScope, type Placed, ROLES, type Role, scopeOf } from '@byfly-pay/core'
import { SignJWT } from 'jose'
import { buildApp } from '../../packages/server/src/http/app.ts'
import { fakeCentre } from '../api/fake-centre.ts'
import { assertTold } from '../reference/told.ts'
import { type Answer, startTestCentre, type TestCentre } from '../support/centre.ts'
import { bearerClient, loginAs, type TestStaff } from '../support/staff.ts'
import { type AdminCall, adminCalls, callerOf, make } from './admin-calls.ts'
import { type Planted, plant, seenIn } from './canaries.ts'
import { openWorld, type World } from './fresh-rows.ts'

/** Anybody may call these two: login.test.ts and login-attacks.test.ts are about them. */
const OPEN = ['POST /api/auth/send-code', 'POST /api/auth/verify']

interface Lists {
  readonly countries: readonly string[] | null
  readonly systems: readonly string[] | null
  readonly sources: readonly number[]
}

interface Caller {
  readonly name: string
  readonly role: Role
  readonly lists: Lists
  readonly staff: TestStaff
}

let centre: TestCentre
let world: World
let calls: Readonly<Record<string, readonly AdminCall[]>>
let planted: Planted
const callers: Caller[] = []
const answers: string[] = []

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  planted = await plant(centre)
  const { home, foreign } = planted
  world = openWorld(centre, home.terminalId)
  calls = adminCalls(world.sourceId)
  const all = { countries: null, systems: null, sources: [world.sourceId, foreign.sourceId] }
  const lists: Readonly<Record<string, Lists>> = {
    everything: all,
    'another country': { ...all, countries: ['UZ'] },
    'another payment system': { ...all, systems: ['halyk'] },
    'other sources': { ...all, sources: [foreign.sourceId] },
    nothing: { countries: [], systems: [], sources: [] },
  }
  for (const role of ROLES) {
    for (const [name, own] of Object.entries(lists)) {
      callers.push({
        name: `${role}, ${name}`,
        role,
        lists: own,
        staff: await loginAs(centre, role, own),
      })
    }
  }
})
after(() => centre.stop())

async function routesOfApp(): Promise<string[]> {
  const app = buildApp(fakeCentre().centre, { isReady: async () => true })
  const routes: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (/^\/api\/(admin|auth)\//.test(url) && method !== 'HEAD') routes.push(`${method} ${url}`)
  })
  await app.ready()
  await app.close()
  return routes
}

test('every route of the administration is in the matrix', async () => {
  const routes = await routesOfApp()
  assert.ok(routes.length > 50)
  assert.deepEqual(routes.sort(), [...Object.keys(calls), ...OPEN].sort())
})

/** The decided answer (L2, L4, T2). */
function decided({ role, lists }: Caller, { right, row, status }: AdminCall): number {
  if (right !== null && !hasRight(role, right)) return 403
  if (row !== null && !isInScope(scopeOf(role, lists), row)) return 404
  return status
}

/** Nothing of a row outside the caller's scope, by any of its texts or its number. */
function assertNothingForeign({ name, role, lists }: Caller, route: string, answer: Answer): void {
  const scope = scopeOf(role, lists)
  // What is listed for a person they may be told, also where another list of theirs hides it.
  const text = answer.text.replace(/"allowed_source_ids":\[[\d,]*\]/, '')
  const foreign = seenIn(planted, text).filter((placed: Placed) => !isInScope(scope, placed))
  assert.deepEqual(foreign, [], `${route}, ${name}: ${answer.text}`)
}

test('L4, T2: every role, with every list, gets the decided answer and nothing foreign in it', {
  // Some thousands of calls: a minute on two calm cores.
  timeout: 400_000,
}, async () => {
  const met = new Map<number, number>()
  for (const [route, ofRoute] of Object.entries(calls)) {
    for (const call of ofRoute) {
      for (const caller of callers) {
        const staff = await callerOf(world, call, caller.staff)
        const answer = await make(world, route, call, staff)
        const expected = decided(caller, call)
        assert.equal(answer.status, expected, `${route}, ${caller.name}: ${answer.text}`)
        if (expected === 403) assert.equal(answer.body.message, 'Доступ запрещен')
        assertTold(route, answer)
        assertNothingForeign(caller, route, answer)
        answers.push(answer.text)
        met.set(expected, (met.get(expected) ?? 0) + 1)
      }
    }
  }
  for (const status of [200, 201, 403, 404]) assert.ok((met.get(status) ?? 0) > 20, `${status}`)
})

test('L4: a payment’s whole story, to everybody who may see it, holds nothing foreign either', async () => {
  let told = 0
  for (const { transactionId, placed } of planted.payments) {
    for (const caller of callers) {
      const path = `/api/admin/transactions/${transactionId}`
      const answer = await caller.staff.call('GET', path)
      const call = { right: 'payments.read', row: placed, status: 200 } as const
      assert.equal(answer.status, decided(caller, call), `${path}, ${caller.name}: ${answer.text}`)
      assertNothingForeign(caller, path, answer)
      if (answer.status === 200) told += 1
    }
  }
  assert.ok(told > 30, `${told}`)
})

const SECRETS = /"(?:api_token|webhook_secret|secret)":"([^"]+)"/g

test('a token or secret stands in the answer that made it and in no other', async () => {
  const shown = answers.flatMap((text) => [...text.matchAll(SECRETS)].map(([, secret]) => secret))
  assert.ok(shown.length > 20)
  const { apiToken, webhookSecret } = centre.source
  const others = [apiToken, webhookSecret, ...callers.map(({ staff }) => staff.token)]
  const answersWith = (secret = '') => answers.filter((text) => text.includes(secret)).length
  for (const secret of shown) assert.equal(answersWith(secret), 1, secret)
  for (const secret of others) assert.equal(answersWith(secret), 0)
})

test('the lists hold what is in scope: by what was planted, each row is seen by somebody', async () => {
  const seen = new Set<string>()
  for (const route of ['sources', 'terminals', 'payment-methods', 'transactions', 'deliveries']) {
    for (const caller of callers) {
      if (caller.role !== 'super_admin') continue
      const { text } = await caller.staff.call('GET', `/api/admin/${route}`)
      for (const placed of seenIn(planted, text)) seen.add(JSON.stringify(placed))
    }
  }
  assert.equal(seen.size, new Set(planted.places.map((place) => JSON.stringify(place))).size)
})

test('A3: nobody, a source and a forged token are 401 everywhere, whatever they ask', async () => {
  const [{ staff: root }] = callers as [Caller]
  const claims = new SignJWT()
    .setIssuer('byfly-pay')
    .setAudience('byfly-pay/staff')
    .setSubject(String(root.id))
    .setJti(root.sessionId)
    .setExpirationTime('1h')
  const forged = await claims
    .setProtectedHeader({ typ: 'JWT', alg: 'HS256' })
    .sign(Buffer.from(centre.source.apiToken))
  const strangers: readonly TestStaff['call'][] = [
    (method, path, body) => centre.call(method, path, body, { 'X-API-Token': '' }),
    (method, path, body) => centre.call(method, path, body),
    bearerClient(centre.url, centre.source.apiToken),
    bearerClient(centre.url, forged),
  ]
  for (const [route, [call]] of Object.entries(calls)) {
    if (call === undefined) throw new Error(route)
    for (const stranger of strangers) {
      const answer = await make(world, route, call, { ...root, call: stranger })
      assert.equal(answer.status, 401, `${route}: ${answer.text}`)
      assert.equal(answer.body.message, 'Требуется авторизация')
      assertTold(route, answer)
      assert.deepEqual(seenIn(planted, answer.text), [], route)
    }
  }
})
