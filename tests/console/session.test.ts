// The console's session: a cookie that no script reads and no other page uses, and a Bearer token beside it
// that works as it ever did.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Answer } from '../support/centre.ts'
import { client } from '../support/centre.ts'
import { freshAddress, type LoginCentre, startLoginCentre } from '../support/login.ts'
import { addStaff, loginAs } from '../support/staff.ts'

/** A whole country's new name is refused for its right; nobody's, for who asks. */
const WRITE = ['POST', '/api/admin/alerts/read', { up_to: 1 }] as const

let centre: LoginCentre
let open: ReturnType<typeof client>['call']
let phone: string

before(async () => {
  centre = await startLoginCentre()
  open = client(centre.url, '').call
  phone = (await addStaff(centre, 'super_admin')).phone
})
after(() => centre.stop())

/** A login from the page at `origin`; over TLS when a proxy says so. */
async function logIn(headers: Record<string, string>): Promise<Answer> {
  await centre.letResend(phone)
  const body = { phone, code: await centre.codeFor(phone), session: 'cookie' }
  const from = { 'X-Forwarded-For': freshAddress() }
  return open('POST', '/api/auth/verify', body, { ...from, ...headers })
}

function cookieOf({ headers }: Answer): string {
  return headers.get('set-cookie') ?? ''
}

function sent(answer: Answer): string {
  return cookieOf(answer).split(';')[0] ?? ''
}

function rulesOf(answer: Answer): string[] {
  const [, ...rules] = cookieOf(answer).split('; ')
  return rules.filter((rule) => !rule.startsWith('Expires='))
}

test('in a demonstration without TLS the cookie is HttpOnly and Strict, and the body has no token', async () => {
  const answer = await logIn({ Origin: centre.url })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body.data.token, null)
  assert.match(cookieOf(answer), /^byfly_session=[\w.-]+;/)
  assert.deepEqual(rulesOf(answer), ['Path=/', 'HttpOnly', 'SameSite=Strict'])
})

test('over TLS it is bound to this host', async () => {
  const host = new URL(centre.url).host
  const tls = { 'X-Forwarded-Proto': 'https', Origin: `https://${host}` }
  const answer = await logIn(tls)
  assert.match(cookieOf(answer), /^__Host-byfly_session=[\w.-]+;/)
  assert.deepEqual(rulesOf(answer), ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
  const me = (headers: Record<string, string>) =>
    open('GET', '/api/admin/me', undefined, { Cookie: sent(answer), ...headers })
  assert.equal((await me({ 'X-Forwarded-Proto': 'https' })).status, 200)
  // Without TLS its name is nobody's.
  assert.equal((await me({})).status, 401)
})

test('another page logs nobody in', async () => {
  for (const headers of [{}, { Origin: 'https://evil.example' }, { Origin: 'null' }]) {
    const answer = await logIn(headers as Record<string, string>)
    assert.equal(answer.body.code, 'foreign_origin')
    assert.equal(cookieOf(answer), '')
  }
})

test('a write by cookie comes from the own page, a read from anywhere', async () => {
  const cookie = sent(await logIn({ Origin: centre.url }))
  const [method, path, body] = WRITE
  const write = (headers: Record<string, string>) =>
    open(method, path, body, { Cookie: cookie, ...headers })
  const cases: readonly (readonly [Record<string, string>, number])[] = [
    [{ Origin: centre.url }, 200],
    [{ Origin: centre.url, 'Sec-Fetch-Site': 'same-origin' }, 200],
    [{ Origin: centre.url, 'Sec-Fetch-Site': 'same-site' }, 403],
    [{ Origin: centre.url, 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-origin' }, 403],
    [{ Origin: `${centre.url}0` }, 403],
    [{ Origin: centre.url.replace('http:', 'https:') }, 403],
    [{ Origin: 'null' }, 403],
    [{}, 403],
  ]
  for (const [headers, status] of cases) {
    const answer = await write(headers)
    assert.equal(answer.status, status, JSON.stringify(headers))
    if (status === 403) assert.equal(answer.body.code, 'foreign_origin')
  }
  const read = await open('GET', '/api/admin/me', undefined, { Cookie: cookie })
  assert.equal(read.status, 200)
})

test('a wrong cookie is nobody, whatever its origin', async () => {
  const [method, path, body] = WRITE
  const headers = { Cookie: 'byfly_session=a.b.c', Origin: 'https://evil.example' }
  assert.equal((await open(method, path, body, headers)).body.code, 'staff_unauthorized')
})

test('a Bearer token needs no origin, and a cookie does not stand in for a wrong one', async () => {
  const staff = await loginAs(centre, 'super_admin')
  const [method, path, body] = WRITE
  const foreign = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
  assert.equal((await staff.call(method, path, body)).status, 200)
  assert.equal((await staff.call(method, path, body, foreign)).status, 200)
  const cookie = sent(await logIn({ Origin: centre.url }))
  const wrong = await open(method, path, body, {
    Cookie: cookie,
    Origin: centre.url,
    Authorization: 'Bearer a.b.c',
  })
  assert.equal(wrong.body.code, 'staff_unauthorized')
})

test('logging out clears the cookie and ends its session', async () => {
  const cookie = sent(await logIn({ Origin: centre.url }))
  const by = { Cookie: cookie, Origin: centre.url }
  const out = await open('POST', '/api/auth/logout', undefined, by)
  assert.match(cookieOf(out), /^byfly_session=; .*Expires=Thu, 01 Jan 1970/)
  assert.equal((await open('GET', '/api/admin/me', undefined, by)).status, 401)
})

test('outside a demonstration nothing is kept without TLS but on the machine itself', async () => {
  const env = { BYFLY_MODE: 'production', BYFLY_WEBHOOK_NETWORKS: '127.0.0.0/8' }
  const serious = await startLoginCentre({ env, terminals: 1 })
  try {
    const { phone: own } = await addStaff(serious, 'cashier')
    const verify = async (headers: Record<string, string>) => {
      await serious.letResend(own)
      const body = { phone: own, code: await serious.codeFor(own), session: 'cookie' }
      return client(serious.url, '').call('POST', '/api/auth/verify', body, headers)
    }
    const { host } = new URL(serious.url)
    const elsewhere = [
      // A caller from elsewhere, whatever name it asks for.
      { 'X-Forwarded-For': freshAddress(), Origin: serious.url },
      // A proxy on this machine: it calls from here, the page is not from here.
      { 'X-Forwarded-Host': 'pay.example.kz', Origin: 'http://pay.example.kz' },
    ]
    for (const headers of elsewhere) {
      const answer = await verify(headers)
      assert.equal(answer.body.code, 'cookie_needs_tls', answer.text)
      assert.equal(cookieOf(answer), '')
    }
    const home = await verify({ Origin: `http://${host}` })
    assert.equal(home.status, 200, home.text)
    assert.match(cookieOf(home), /^byfly_session=/)
    const by = { Cookie: sent(home) }
    const me = (headers: object) =>
      client(serious.url, '').call('GET', '/api/admin/me', undefined, { ...by, ...headers })
    assert.equal((await me({})).status, 200)
    assert.equal((await me({ 'X-Forwarded-For': freshAddress() })).status, 401)
  } finally {
    await serious.stop()
  }
})
