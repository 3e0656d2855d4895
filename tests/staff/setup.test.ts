// The first run by its API: who is let in by the setup code, what each step says, and that the door closes for
// ever behind the first member of staff, whoever they are and however many come at once.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { issueSetupCode } from '../../packages/server/src/first-run/setup-code.ts'
import {
  MOBIZON_KEY,
  type Simulator,
  SMSC_ACCOUNT,
  startSimulator,
} from '../../packages/simulator/src/index.ts'
import { assertTold } from '../reference/told.ts'
import { byfly } from '../support/byfly.ts'
import { ACTING, type Answer, client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { freshDatabase } from '../support/database.ts'
import { freshAddress } from '../support/login.ts'
import { addStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

/** As it is printed. */
const CODE = /\b[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){2}\b/

let simulator: Simulator
before(async () => {
  simulator = await startSimulator({ terminals: 1 })
})
after(() => simulator.close())

interface Empty extends TestCentre {
  readonly code: string
  /** A call from an address of its own, over TLS as a proxy says. */
  setup(method: string, path: string, body?: object, headers?: object): Promise<Answer>
}

let phones = 7_010_000_000
function freshPhone(): string {
  phones += 1
  return `+7${phones}`
}

async function empty(env: Record<string, string> = {}): Promise<Empty> {
  const centre = await startTestCentre({
    simulator,
    env: {
      BYFLY_MODE: 'production',
      BYFLY_DEVICE_NETWORKS: '127.0.0.0/8',
      BYFLY_WEBHOOK_NETWORKS: '127.0.0.0/8',
      BYFLY_SMSC_URL: `${simulator.url}/sms/smsc`,
      BYFLY_MOBIZON_URL: `${simulator.url}/sms/mobizon`,
      BYFLY_TRUSTED_HOPS: '1',
      ...env,
    },
  })
  const code = (await issueSetupCode(centre.running.centre, ACTING.actor)) ?? ''
  const { call } = client(centre.url, '')
  const setup: Empty['setup'] = async (method, path, body, headers = {}) => {
    const by = { 'X-Forwarded-For': freshAddress(), 'X-Forwarded-Proto': 'https' }
    const answer = await call(method, `/api/setup${path}`, body, { ...by, ...headers })
    if (answer.status !== 404) assertTold(`${method} /api/setup${path}`, answer)
    return answer
  }
  return { ...centre, code, setup }
}

function codeSentTo(phone: string): string {
  const digits = phone.replace('+', '')
  const sent = simulator.sms.messages.filter(({ to }) => to.replace('+', '') === digits)
  return /\d{6}/.exec(sent.at(-1)?.text ?? '')?.[0] ?? ''
}

/** To the point where only the last call is left. */
async function readyFor(centre: Empty, phone: string) {
  const { code: setup_code, setup } = centre
  const sms = { setup_code, provider: 'smsc', ...SMSC_ACCOUNT }
  assert.equal((await setup('PUT', '/sms', sms)).status, 200)
  const sent = await setup('POST', '/send-code', { setup_code, phone })
  assert.equal(sent.body.data.outcome, 'accepted', sent.text)
  return { setup_code, phone, name: 'Айгерим', code: codeSentTo(phone) }
}

test('from the code to a session of a super admin, with the sending tried on the way', async () => {
  const centre = await empty()
  const { code: setup_code, setup } = centre
  try {
    assert.deepEqual((await setup('GET', '')).body.data, { is_open: true, is_safe: true })
    const opened = await setup('POST', '/open', { setup_code })
    assert.equal(opened.body.data.provider, 'none')
    const phone = freshPhone()
    const early = await setup('POST', '/send-code', { setup_code, phone })
    assert.equal(early.body.code, 'login_unavailable')

    const wrong = { setup_code, provider: 'smsc', login: 'me', password: 'wrong' }
    const refused = (await setup('PUT', '/sms', wrong)).body.data
    assert.deepEqual([refused.fault, refused.balance], ['wrong_credentials', null])
    // A code that surely was not sent is asked for again at once.
    const lost = (await setup('POST', '/send-code', { setup_code, phone })).body.data
    assert.deepEqual([lost.outcome, lost.fault], ['refused', 'wrong_credentials'])

    const right = { setup_code, provider: 'mobizon', key: MOBIZON_KEY, sender: 'ByFly' }
    const set = (await setup('PUT', '/sms', right)).body.data
    assert.deepEqual([set.provider, set.fault], ['mobizon', null])
    assert.ok(set.balance !== null)
    const sent = (await setup('POST', '/send-code', { setup_code, phone })).body.data
    assert.deepEqual([sent.outcome, sent.provider], ['accepted', 'mobizon'])

    const first = { setup_code, phone, name: ' Айгерим ', code: codeSentTo(phone) }
    const made = await setup('POST', '/admin', first)
    assert.equal(made.status, 200, made.text)
    assert.equal(made.body.data.admin.role, 'super_admin')
    assert.equal(made.body.data.admin.name, 'Айгерим')
    const me = await centre.call('GET', '/api/admin/me', undefined, {
      Authorization: `Bearer ${made.body.data.token}`,
    })
    assert.equal(me.status, 200)

    const rows = await centre.sql("SELECT encode(sealed, 'escape') AS text FROM text_settings")
    assert.ok(!rows[0].text.includes(MOBIZON_KEY))
    const [audit] = await centre.sql(
      'SELECT string_agg(action || facts::text, $1 ORDER BY seq) AS text FROM audit_log',
      ['\n'],
    )
    assert.match(audit.text, /setup\.code_issued.*sms\.set_up.*sms\.tested.*admin\.created/s)
    const digits = phone.replace('+', '')
    for (const secret of [setup_code, MOBIZON_KEY, 'wrong"', first.code, digits]) {
      assert.ok(!audit.text.includes(secret), secret)
    }
  } finally {
    await centre.stop()
  }
})

test('without the right code nobody gets anywhere, and guesses from one address end', async () => {
  const centre = await empty()
  const { code, setup } = centre
  try {
    const phone = freshPhone()
    const bodies = {
      'POST /open': {},
      'PUT /sms': { provider: 'smsc', ...SMSC_ACCOUNT },
      'POST /send-code': { phone },
      'POST /admin': { phone, name: 'Чужой', code: '123456' },
    }
    for (const [route, body] of Object.entries(bodies)) {
      const [method = '', path = ''] = route.split(' ')
      const answer = await setup(method, path, { ...body, setup_code: 'aaaaa-bbbbb-ccccc' })
      assert.equal(answer.body.code, 'wrong_setup_code', route)
      assert.equal((await setup(method, path, body)).status, 400, route)
    }
    assert.deepEqual(await centre.sql('SELECT FROM text_settings'), [])
    assert.deepEqual(await centre.sql('SELECT FROM login_phones'), [])

    const from = { 'X-Forwarded-For': freshAddress() }
    const statuses = []
    for (let n = 0; n < 61; n += 1) {
      const guess = { setup_code: `aaaaa-bbbbb-${10_000 + n}` }
      statuses.push((await setup('POST', '/open', guess, from)).status)
    }
    assert.deepEqual(statuses, [...Array(60).fill(401), 429])
    // Not even the right one from there; from elsewhere it opens as before, however it is written.
    assert.equal((await setup('POST', '/open', { setup_code: code }, from)).status, 429)
    const spelt = code.replaceAll('-', ' ').toUpperCase()
    assert.equal((await setup('POST', '/open', { setup_code: spelt })).status, 200)
  } finally {
    await centre.stop()
  }
})

test('a new code ends the one before it; one that ran out is dead; neither is kept in the clear', async () => {
  const centre = await empty()
  const { code, database, setup } = centre
  try {
    const ran = await byfly(database, ['setup-code'], {
      BYFLY_PUBLIC_URL: 'https://pay.example.kz',
    })
    assert.equal(ran.code, 0, ran.out)
    assert.match(ran.out, /https:\/\/pay\.example\.kz\/console\//)
    const newer = CODE.exec(ran.out)?.[0] ?? ''
    assert.equal((await setup('POST', '/open', { setup_code: code })).status, 401)
    assert.equal((await setup('POST', '/open', { setup_code: newer })).status, 200)
    const [row] = await centre.sql("SELECT encode(code_hash, 'escape') AS text FROM first_run")
    assert.ok(!row.text.includes(newer))
    await centre.sql("UPDATE first_run SET code_expires_at = centre_now() - interval '1 second'")
    assert.equal((await setup('POST', '/open', { setup_code: newer })).status, 401)
  } finally {
    await centre.stop()
  }
})

test('an empty centre says its code where it runs, and never in its log', async () => {
  const database = await freshDatabase()
  const child = spawn(process.execPath, ['packages/server/src/cli/byfly.ts', 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
      BYFLY_PUBLIC_URL: 'https://pay.example.kz',
      BYFLY_LOG_LEVEL: 'debug',
      HOST: '127.0.0.1',
      PORT: '0',
    },
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  await until(() => CODE.test(out))
  child.kill('SIGTERM')
  await once(child, 'exit')
  const [code = ''] = CODE.exec(out) ?? []
  const logged = out.split('\n').filter((line) => line.startsWith('{'))
  assert.ok(logged.length > 0)
  assert.ok(logged.every((line) => !line.includes(code)))
  assert.match(out, /https:\/\/pay\.example\.kz\/console\//)
  await database.drop()
})

test('of many browsers at once one gets in, on two instances too', async () => {
  const centre = await empty()
  const second = await startTestCentre({
    simulator,
    database: centre.database,
    env: { BYFLY_TRUSTED_HOPS: '1', BYFLY_SMSC_URL: `${simulator.url}/sms/smsc` },
  })
  try {
    const people = []
    for (let n = 0; n < 4; n += 1) people.push(await readyFor(centre, freshPhone()))
    const answers = await Promise.all(
      [...people, ...people].map((body, n) =>
        client(n % 2 === 0 ? centre.url : second.url, '').call('POST', '/api/setup/admin', body, {
          'X-Forwarded-For': freshAddress(),
          'X-Forwarded-Proto': 'https',
        }),
      ),
    )
    const made = answers.filter(({ status }) => status === 200)
    assert.equal(made.length, 1, answers.map(({ text }) => text).join('\n'))
    const refusals = answers.filter(({ status }) => status !== 200).map(({ body }) => body.code)
    assert.ok(refusals.every((code) => ['setup_closed', 'wrong_login_code'].includes(code)))
    assert.equal((await centre.sql('SELECT FROM admins')).length, 1)
  } finally {
    await second.stop()
    await centre.stop()
  }
})

test('behind the first member of staff the door is closed for ever, to the right code as well', async () => {
  const centre = await empty()
  const { code: setup_code, database, setup } = centre
  try {
    const body = await readyFor(centre, freshPhone())
    // Whoever is first, by whatever way.
    await addStaff(centre, 'cashier')
    assert.equal((await setup('GET', '')).body.data.is_open, false)
    assert.equal((await setup('POST', '/open', { setup_code })).body.code, 'setup_closed')
    assert.equal((await setup('POST', '/admin', body)).body.code, 'setup_closed')
    const sms = { setup_code, provider: 'mobizon', key: 'other' }
    assert.equal((await setup('PUT', '/sms', sms)).body.code, 'setup_closed')
    assert.equal(await issueSetupCode(centre.running.centre, ACTING.actor), null)
    const ran = await byfly(database, ['setup-code'])
    assert.equal(ran.code, 1)
    assert.match(ran.out, /Первый сотрудник уже есть/)
    // Not by a slip of the program either.
    for (const change of ['UPDATE first_run SET closed_at = NULL', 'DELETE FROM first_run']) {
      await assert.rejects(centre.sql(change), /first_run is append-only/)
    }
    assert.equal((await centre.sql('SELECT FROM admins')).length, 1)
  } finally {
    await centre.stop()
  }
})

test('in the open the code is not even looked at; a sender that the centre was started with stays', async () => {
  const centre = await empty({ BYFLY_SMS: 'console' })
  const { code: setup_code, setup } = centre
  try {
    const plain = { 'X-Forwarded-Proto': 'http' }
    assert.equal((await setup('GET', '', undefined, plain)).body.data.is_safe, false)
    const opened = await setup('POST', '/open', { setup_code }, plain)
    assert.equal(opened.body.code, 'cookie_needs_tls')
    assert.deepEqual(await centre.sql("SELECT FROM login_budgets WHERE key LIKE 'setup%'"), [])
    const standing = (await setup('POST', '/open', { setup_code })).body.data
    assert.deepEqual([standing.provider, standing.is_fixed], ['console', true])
    const sms = { setup_code, provider: 'smsc', ...SMSC_ACCOUNT }
    assert.equal((await setup('PUT', '/sms', sms)).body.code, 'sms_fixed')
  } finally {
    await centre.stop()
  }
})

test('what is left to set up is read off the centre as it is', async () => {
  const centre = await empty()
  const { setup } = centre
  try {
    const body = await readyFor(centre, freshPhone())
    const { token } = (await setup('POST', '/admin', body)).body.data
    const done = async () => {
      const by = { Authorization: `Bearer ${token}` }
      const { steps } = (await centre.call('GET', '/api/admin/first-run', undefined, by)).body.data
      return steps
        .filter(({ is_done }: { is_done: boolean }) => is_done)
        .map(({ step }: { step: string }) => step)
    }
    // Its terminal was entered and never reached.
    assert.deepEqual(await done(), ['sms', 'source'])
    const [{ id }] = await centre.sql('SELECT id FROM terminals')
    await centre.call('POST', `/api/admin/terminals/${id}/self-test`, undefined, {
      Authorization: `Bearer ${token}`,
    })
    assert.deepEqual(await done(), ['sms', 'terminal', 'source'])
    await centre.sql('UPDATE sources SET is_active = false')
    assert.deepEqual(await done(), ['sms', 'terminal'])
  } finally {
    await centre.stop()
  }
})
