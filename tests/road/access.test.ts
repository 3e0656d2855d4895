// Protected terminals on the whole road: certificates that are pinned and change, tokens that run out
// at any moment, registrations that wait for a tap. None of it may cost a payment or double one.

import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { EVERYTHING } from '@byfly-pay/core'
import { checkTerminal } from '../../packages/server/src/terminals/check-terminal.ts'
import { renewTokensAhead } from '../../packages/server/src/terminals/keep-terminals.ts'
import { reachTerminal } from '../../packages/server/src/terminals/reach-terminal.ts'
import { registerTerminal } from '../../packages/server/src/terminals/register-terminal.ts'
import { renewAccess } from '../../packages/server/src/terminals/renew-access.ts'
import { trustCertificate } from '../../packages/server/src/terminals/trust-certificate.ts'
import { startTestCentre, type TestCentre, type TestCentreOptions } from '../support/centre.ts'
import { until } from '../support/until.ts'

const NAME = 'Касса центра'
const PINNED = { tls: 'pinned' } as const
const ACTING = { actor: { kind: 'cli', name: 'root' }, scope: EVERYTHING } as const
const open: TestCentre[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((centre) => centre.stop()))
})

async function centreWith(options: TestCentreOptions): Promise<TestCentre> {
  const centre = await startTestCentre({
    timing: { registerMs: 20 },
    limits: { renewAgainMs: 50, offlineMs: 100 },
    ...options,
  })
  open.push(centre)
  return centre
}

/** A centre with one HTTPS terminal behind a token, registered. */
async function protectedCentre(options: TestCentreOptions = {}): Promise<TestCentre> {
  const centre = await centreWith({
    terminals: [{ camera: 'json', https: {}, protection: true }],
    terminal: PINNED,
    ...options,
  })
  assert.equal(await register(centre), 'registered')
  return centre
}

function register(centre: TestCentre, name = NAME) {
  return registerTerminal(centre.running.centre, ACTING, 1, name)
}

function openTasks(centre: TestCentre) {
  return centre.sql('SELECT kind FROM tasks WHERE closed_at IS NULL ORDER BY id')
}

/** Start calls that reached the terminal, by whether it took them. */
function startCalls({ simulator }: TestCentre): boolean[] {
  return simulator.journal.startCalls.map(({ accepted }) => accepted)
}

async function tokenVersion({ running }: TestCentre): Promise<number | undefined> {
  return (await running.centre.storage.terminals.device(1))?.tokenVersion
}

async function started(centre: TestCentre): Promise<{ id: string; qr: string }> {
  const id = await centre.init(1_000_000)
  const answer = await centre.kaspi(id, { payment_method: 'kaspi_gold' })
  assert.equal(answer.status, 200, answer.text)
  return { id, qr: answer.body.data.qr_code }
}

async function paidWith(centre: TestCentre, { id, qr }: { id: string; qr: string }) {
  assert.ok(centre.simulator.phone.scan({ qr, product: 'Gold' }).seen)
  const paid = await centre.until(id, 'paid')
  assert.equal(paid.paid_amount, 1_010_000)
}

describe('tokens', () => {
  test('a token that expires in mid-payment costs nothing', async () => {
    const centre = await protectedCentre()
    const payment = await started(centre)
    centre.simulator.terminal(1).expireTokens()
    await paidWith(centre, payment)
    assert.equal(await tokenVersion(centre), 2)
    assert.deepEqual(startCalls(centre), [true])
    assert.deepEqual(await openTasks(centre), [])
  })

  test('S9: a start refused for its token goes on with a new one, by a new attempt', async () => {
    const centre = await protectedCentre()
    centre.simulator.terminal(1).expireTokens()
    const payment = await started(centre)
    const attempts = await centre.sql(
      'SELECT state, reason, terminal_id FROM attempts ORDER BY created_at',
    )
    assert.deepEqual(attempts, [
      { state: 'refused', reason: 'access_denied', terminal_id: 1 },
      { state: 'live', reason: null, terminal_id: 1 },
    ])
    assert.deepEqual(startCalls(centre).filter(Boolean), [true])
    await paidWith(centre, payment)
  })

  test('S9: a refusal that outlives the refresh moves on, and calls for a person', async () => {
    const centre = await protectedCentre()
    centre.simulator.terminal(1).armFault({
      fault: 'http_error',
      on: 'payment',
      http_status: 403,
      times: 5,
    })
    const id = await centre.init(1_000_000)
    const answer = await centre.kaspi(id, { payment_method: 'kaspi_gold' })
    assert.equal(answer.status, 503, answer.text)
    assert.equal(answer.body.code, 'terminals_unavailable')
    assert.equal((await centre.status(id)).status, 'pending')
    assert.equal(await tokenVersion(centre), 2)
    assert.deepEqual(await openTasks(centre), [{ kind: 'not_registered' }])
  })

  test('ten who find it expired at once, on two instances, exchange it once', async () => {
    const first = await protectedCentre()
    const { database, simulator } = first
    const second = await centreWith({ database, simulator, terminal: PINNED })
    const reached = await reachTerminal(first.running.centre, 1)
    assert.ok(reached)
    const renewed = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        renewAccess(
          (n % 2 === 0 ? first : second).running.centre,
          reached.device,
          reached.provider,
        ),
      ),
    )
    assert.deepEqual(renewed, Array(10).fill(true))
    assert.equal(await tokenVersion(first), 2)
    await paidWith(second, await started(second))
  })

  test('an exchange whose answer is lost leaves the payment open, and a new registration finds it', async () => {
    const centre = await protectedCentre()
    const terminal = centre.simulator.terminal(1)
    const payment = await started(centre)
    terminal.armFault({ fault: 'answer_lost', on: 'revoke' })
    terminal.expireTokens()
    await until(async () => (await openTasks(centre)).length > 0)
    assert.deepEqual(await openTasks(centre), [{ kind: 'not_registered' }])
    assert.ok(centre.simulator.phone.scan({ qr: payment.qr, product: 'Gold' }).seen)
    assert.equal((await centre.status(payment.id)).status, 'processing')

    await until(() => terminal.operation() === null)
    terminal.forbid(NAME)
    assert.equal(await register(centre), 'registered')
    const paid = await centre.until(payment.id, 'paid')
    assert.equal(paid.paid_amount, 1_010_000)
    assert.deepEqual(await openTasks(centre), [])
    assert.deepEqual(startCalls(centre), [true])
  })

  test('a token that lives less than an hour longer is exchanged ahead of time', async () => {
    const centre = await protectedCentre({ timing: { accessTokenLifeMs: 1_200_000 } })
    await renewTokensAhead(centre.running.centre)
    assert.equal(await tokenVersion(centre), 2)
  })
})

describe('registration', () => {
  const terminals = [{ camera: 'json', https: {}, protection: true, permission: 'ask' }] as const

  test('waits for the tap on the screen, and takes payments afterwards', async () => {
    const centre = await centreWith({ terminals, terminal: PINNED })
    const terminal = centre.simulator.terminal(1)
    let outcome: string | null = null
    const registering = register(centre).then((word) => {
      outcome = word
    })
    await until(async () => terminal.screen().state === 'asks_permission')
    assert.equal(outcome, null)
    terminal.press('allow')
    await registering
    assert.equal(outcome, 'registered')
    const [row] = await centre.sql('SELECT serial, device_number, trouble FROM terminals')
    assert.equal(row.serial, terminal.serial)
    assert.match(row.device_number, /^\d+$/)
    assert.equal(row.trouble, null)
    await paidWith(centre, await started(centre))
  })

  test('forbidden on the screen is a refusal; the same name twice too, until it is forgotten', async () => {
    const centre = await centreWith({ terminals, terminal: PINNED })
    const terminal = centre.simulator.terminal(1)
    const registering = register(centre)
    await until(async () => terminal.screen().state === 'asks_permission')
    terminal.press('forbid')
    assert.equal(await registering, 'refused')
    assert.equal(await tokenVersion(centre), 0)
  })

  test('a terminal that asks for a token nobody has is set aside, and the next one serves', async () => {
    const centre = await centreWith({
      terminals: [
        { camera: 'json', https: {}, protection: true },
        { camera: 'json', https: {} },
      ],
      terminal: PINNED,
    })
    const payment = await started(centre)
    await paidWith(centre, payment)
    const attempts = await centre.sql('SELECT terminal_id, state FROM attempts ORDER BY created_at')
    assert.deepEqual(attempts, [
      { terminal_id: 1, state: 'refused' },
      { terminal_id: 2, state: 'succeeded' },
    ])
    assert.deepEqual(await openTasks(centre), [{ kind: 'not_registered' }])
  })
})

describe('certificates', () => {
  test('one that changes is refused before a byte is sent, and an operator may trust it', async () => {
    const centre = await centreWith({
      terminals: [{ camera: 'json', https: {} }],
      terminal: PINNED,
    })
    const terminal = centre.simulator.terminal(1)
    await paidWith(centre, await started(centre))
    assert.equal(
      (await centre.running.centre.storage.terminals.device(1))?.fingerprint,
      terminal.certificateFingerprint,
    )

    terminal.changeCertificate()
    const id = await centre.init(1_000_000)
    const refused = await centre.kaspi(id, { payment_method: 'kaspi_gold' })
    assert.equal(refused.status, 503, refused.text)
    assert.equal(refused.body.code, 'terminals_unavailable')
    assert.equal(startCalls(centre).length, 1)
    assert.deepEqual(await openTasks(centre), [{ kind: 'certificate_changed' }])

    const trusted = await trustCertificate(centre.running.centre, ACTING, 1)
    const { certificateFingerprint: fingerprint } = terminal
    assert.deepEqual(trusted, { kind: 'trusted', fingerprint })
    assert.deepEqual(await openTasks(centre), [])
    await paidWith(centre, await started(centre))
  })

  test('one that changes in mid-payment leaves the payment open until it is trusted', async () => {
    const centre = await centreWith({
      terminals: [{ camera: 'json', https: {} }],
      terminal: PINNED,
    })
    const payment = await started(centre)
    centre.simulator.terminal(1).changeCertificate()
    await until(async () => (await openTasks(centre)).length > 0)
    assert.ok(centre.simulator.phone.scan({ qr: payment.qr, product: 'Gold' }).seen)
    assert.equal((await centre.status(payment.id)).status, 'processing')
    await trustCertificate(centre.running.centre, ACTING, 1)
    assert.equal((await centre.until(payment.id, 'paid')).paid_amount, 1_010_000)
    assert.deepEqual(startCalls(centre), [true])
  })

  test('strict refuses what no authority vouches for; insecure takes it', async () => {
    for (const [tls, status] of [
      ['strict', 503],
      ['insecure', 200],
    ] as const) {
      const terminals = [{ camera: 'json', https: {} }] as const
      const centre = await centreWith({ terminals, terminal: { tls } })
      const id = await centre.init(1_000_000)
      const answer = await centre.kaspi(id, { payment_method: 'kaspi_gold' })
      assert.equal(answer.status, status, `${tls}: ${answer.text}`)
    }
  })
})

describe('what devices differ in', () => {
  test('a terminal of the first version is found out by a check and takes payments', async () => {
    const terminals = [{ camera: 'json', api: 'v1' }] as const
    const centre = await centreWith({ terminals })
    const check = await checkTerminal(centre.running.centre, 1)
    assert.equal(check?.apiVersion, 'v1', check?.finding)
    await paidWith(centre, await started(centre))
  })

  test('owncheque is said by the terminals that have it, and by no other', async () => {
    for (const ownCheque of [true, false]) {
      const terminals = [{ camera: 'json' }] as const
      const centre = await centreWith({ terminals, terminal: { ownCheque } })
      await started(centre)
      assert.equal(centre.simulator.terminal(1).operation()?.own_cheque, ownCheque)
    }
  })

  test('S7: a terminal that cannot stop is asked once; its live QR is kept for the customer', async () => {
    const terminals = [{ camera: 'json', cancel: 'http_400' }] as const
    const centre = await centreWith({ terminals, limits: { stopWaitMs: 400 } })
    const payment = await started(centre)
    for (const _ of [1, 2]) {
      const other = await centre.kaspi(payment.id, { payment_method: 'kaspi_credit' })
      assert.equal(other.status, 400, other.text)
      assert.equal(other.body.code, 'attempt_in_progress')
    }
    assert.equal((await centre.running.centre.storage.terminals.device(1))?.canStop, false)
    const same = await centre.kaspi(payment.id, { payment_method: 'kaspi_gold' })
    assert.equal(same.body.data.qr_code, payment.qr)
    await paidWith(centre, payment)
    assert.deepEqual(startCalls(centre), [true])
  })
})
