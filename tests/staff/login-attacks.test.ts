// Guessing, flooding, spying on who is an admin, secrets that leak (A1, A2, A4, A24).

import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import pg from 'pg'
import { startTestCentre } from '../support/centre.ts'
import { freshAddress, type LoginCentre, startLoginCentre } from '../support/login.ts'
import { addStaff, bearerClient } from '../support/staff.ts'
import { until } from '../support/until.ts'

let centre: LoginCentre

before(async () => {
  // What is done by the clock has transactions of its own.
  centre = await startLoginCentre({ limits: { sweepMs: 600_000 } })
})
after(() => centre.stop())

const GUESSES_PER_CODE = 2_500
const AT_A_TIME = 50

test('A1: 10 000 guesses, 50 at a time from 400 addresses: five comparisons a code, fifteen a day', async () => {
  const { phone } = await addStaff(centre, 'super_admin')
  const addresses = Array.from({ length: 400 }, freshAddress)
  const compare = mock.method(centre.running.centre.loginSecrets, 'isCode')
  let sent = 0
  async function guess(wrong: string): Promise<void> {
    for (let done = 0; done < GUESSES_PER_CODE; done += AT_A_TIME) {
      const answers = await Promise.all(
        Array.from({ length: AT_A_TIME }, () => {
          sent += 1
          const address = addresses[sent % addresses.length] ?? ''
          return centre.from(address)('verify', { phone, code: wrong })
        }),
      )
      for (const { status } of answers) assert.ok(status === 401 || status === 429)
    }
  }
  try {
    for (const expected of [5, 10, 15]) {
      const code = await centre.codeFor(phone)
      await guess(code === '111111' ? '222222' : '111111')
      assert.equal(compare.mock.callCount(), expected)
      await centre.letResend(phone)
    }
    const spent = await centre.from(freshAddress())('send-code', { phone })
    assert.equal(spent.status, 429)
    assert.ok(Number(spent.headers.get('retry-after')) > 80_000)
    await guess('333333')
    assert.equal(compare.mock.callCount(), 15)
    assert.equal(sent, 10_000)
    const told = await centre.from(freshAddress())('verify', { phone, code: '333333' })
    assert.equal(told.status, 429)
  } finally {
    compare.mock.restore()
  }
  assert.equal((await centre.sql('SELECT FROM admin_sessions')).length, 0)
})

test('A1: the right code from many at once, on two instances: one token', async () => {
  const second = await startTestCentre({
    database: centre.database,
    simulator: centre.simulator,
    env: centre.env,
  })
  try {
    const { id, phone } = await addStaff(centre, 'cashier')
    // The losers' tries count: more rounds would use up the day's fifteen.
    for (let round = 0; round < 3; round += 1) {
      await centre.letResend(phone)
      const code = await centre.codeFor(phone)
      const answers = await Promise.all(
        [centre.url, second.url, centre.url, second.url].map((url) =>
          fetch(`${url}/api/auth/verify`, {
            method: 'POST',
            headers: {
              'Content-Type': 'application/json',
              'X-Forwarded-For': freshAddress(),
            },
            body: JSON.stringify({ phone, code }),
          }),
        ),
      )
      const statuses = answers.map(({ status }) => status).sort()
      assert.deepEqual(statuses, [200, 401, 401, 401])
    }
    const sessions = await centre.sql('SELECT FROM admin_sessions WHERE admin_id = $1', [id])
    assert.equal(sessions.length, 3)
  } finally {
    await second.stop()
  }
})

test('A2: for numbers that are nobody’s the sender is never called', async () => {
  const send = mock.method(await centre.running.centre.textSenders.inUse(), 'send')
  try {
    for (let n = 0; n < 20; n += 1) {
      const phone = `+7702555${1000 + n}`
      assert.equal((await centre.from(freshAddress())('send-code', { phone })).status, 200)
    }
    // A real one behind them shows that the queue was looked at.
    const { phone } = await addStaff(centre, 'cashier')
    await centre.codeFor(phone)
    assert.deepEqual(
      send.mock.calls.map(({ arguments: [to] }) => to),
      [phone],
    )
  } finally {
    send.mock.restore()
  }
})

test('A2: an address, a network, a block of numbers, a phone and all together have their ends', async () => {
  const call = centre.from('192.0.2.77')
  const phoneOf = (n: number) => `+7705${String(4_440_000 + n * 10_007).padStart(7, '0')}`
  for (let n = 0; n < 30; n += 1) {
    assert.equal((await call('send-code', { phone: phoneOf(n) })).status, 200, `№ ${n}`)
  }
  const spent = await call('send-code', { phone: phoneOf(31) })
  assert.equal(spent.status, 429)
  assert.ok(Number(spent.headers.get('retry-after')) > 3_000)
  const counted = await centre.sql(`SELECT used FROM login_budgets WHERE key = 'send'`)
  await call('send-code', { phone: phoneOf(32) })
  assert.deepEqual(
    await centre.sql(`SELECT used FROM login_budgets WHERE key = 'send'`),
    counted,
    'кто исчерпал своё, общего не тратит',
  )
  assert.equal((await centre.from(freshAddress())('send-code', { phone: phoneOf(33) })).status, 200)

  const network = (n: number) => centre.from(`2001:db8:1:2::${n.toString(16)}`)
  for (let n = 1; n <= 30; n += 1) {
    await network(n)('send-code', { phone: phoneOf(100 + n) })
  }
  assert.equal((await network(99)('send-code', { phone: phoneOf(200) })).status, 429)
  const neighbour = centre.from('2001:db8:1:3::1')
  assert.equal((await neighbour('send-code', { phone: phoneOf(201) })).status, 200)

  const spend = (key: string, used: number) =>
    centre.sql(
      `INSERT INTO login_budgets VALUES ($1, centre_now(), $2)
       ON CONFLICT (key) DO UPDATE SET used = $2`,
      [key, used],
    )
  await spend('send to +7706333', 60)
  const block = await centre.from(freshAddress())('send-code', { phone: '+77063331234' })
  assert.equal(block.status, 429)
  const { phone } = await addStaff(centre, 'cashier')
  await spend('send', 600)
  assert.equal((await centre.from(freshAddress())('send-code', { phone })).status, 429)
  await centre.sql(
    `UPDATE login_budgets SET began_at = began_at - interval '1 hour' WHERE key = 'send'`,
  )
  assert.equal((await centre.from(freshAddress())('send-code', { phone })).status, 200)

  await centre.letResend(phone)
  await centre.sql('UPDATE login_phones SET day_sends = 10')
  const tooMany = await centre.from(freshAddress())('send-code', { phone })
  assert.equal(tooMany.status, 429)
  assert.ok(Number(tooMany.headers.get('retry-after')) > 80_000)
})

test('A4: of an admin’s number and a stranger’s the answers and the statements are the same', async () => {
  const { phone } = await addStaff(centre, 'super_admin')
  const stranger = '+77029998877'
  const address = freshAddress()
  const steps = [
    ['send-code', {}],
    ['send-code', {}],
    ['verify', { code: '000000' }],
    ['verify', { code: '000000', totp: '000000' }],
    ['verify', { code: '999999' }],
    ['verify', { code: '999999' }],
    ['verify', { code: '999999' }],
    // No tries are left.
    ['verify', { code: '999999' }],
  ] as const
  const seen = async (each: string) => {
    const answers: unknown[] = []
    for (const [path, body] of steps) {
      const statements = await statementsOf(async () => {
        const { text, status } = await centre.from(address)(path, { phone: each, ...body })
        answers.push([status, text.replace(/"request_id":"\w+"/, '')])
      })
      answers.push(statements)
    }
    return answers
  }
  // The code of either may happen to be one of the guesses, once in a hundred thousand runs.
  const ofAdmin = await seen(phone)
  const ofStranger = await seen(stranger)
  assert.deepEqual(ofAdmin, ofStranger)
  assert.match(JSON.stringify(ofAdmin), /text_add_login_code/)
})

/** Names of the statements that a request ran; what workers do beside it has other names. */
async function statementsOf(work: () => Promise<void>): Promise<string[]> {
  const names: string[] = []
  const query = mock.method(pg.Client.prototype, 'query')
  try {
    await work()
    for (const { arguments: args } of query.mock.calls) {
      const [asked] = args as readonly unknown[]
      const name = typeof asked === 'string' ? asked : (asked as { name?: string } | null)?.name
      if (/^(login_(?!phones_|budgets_)|text_add|admin_|BEGIN|COMMIT)/.test(name ?? '')) {
        names.push(name ?? '')
      }
    }
  } finally {
    query.mock.restore()
  }
  return names
}

test('A24: no phone, code or token is ever logged, and the tables do not show them', async () => {
  const logged: string[] = []
  const { log } = centre.running.centre
  const spies = (['info', 'warn', 'error'] as const).map((level) =>
    mock.method(log, level, (...words: unknown[]) => {
      logged.push(JSON.stringify(words))
    }),
  )
  try {
    const { phone } = await addStaff(centre, 'super_admin', { phone: '+77778889900' })
    const code = await centre.codeFor(phone)
    const call = centre.from(freshAddress())
    await call('verify', { phone, code: code === '123123' ? '321321' : '123123' })
    const { token } = (await call('verify', { phone, code })).body.data
    await call('verify', { phone, code })
    const staff = bearerClient(centre.url, token)
    const texts = await staff('GET', '/api/admin/texts')
    const audit = await staff('GET', '/api/admin/audit')
    await staff('POST', '/api/auth/logout')
    // A sender that fails is logged, too.
    const fail = mock.method(await centre.running.centre.textSenders.inUse(), 'send', async () => ({
      kind: 'refused',
      fault: 'no_money',
      word: 'no money',
    }))
    await centre.letResend(phone)
    await call('send-code', { phone })
    await until(() => logged.some((line) => line.includes('no_money')))
    fail.mock.restore()

    const dump = await centre.sql(`
      SELECT (SELECT json_agg(t) FROM texts t)::text || (SELECT json_agg(p) FROM login_phones p)::text
        || (SELECT json_agg(b) FROM login_budgets b)::text AS text`)
    const everything = [...logged, texts.text, audit.text, dump[0].text]
    const canaries = [phone.slice(1), code, token.split('.')[2] ?? '']
    for (const said of everything) {
      for (const canary of canaries) assert.ok(!said.includes(canary), `${canary}: ${said}`)
    }
    assert.match(texts.text, /\+777•••00/)
  } finally {
    for (const spy of spies) spy.mock.restore()
  }
})
