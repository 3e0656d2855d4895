// A14, A24: what lets somebody in is told to them once, and stands nowhere that staff can read: codes of
// SMS, secrets and codes of a second factor, tokens.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ROLES } from '@byfly-pay/core'
import { TOTP } from 'otpauth'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { addStaff, bearerClient, type TestStaff } from '../support/staff.ts'
import { adminCalls, make } from './admin-calls.ts'
import { openWorld } from './fresh-rows.ts'

let centre: LoginCentre
before(async () => {
  centre = await startLoginCentre()
})
after(() => centre.stop())

interface LoggedIn {
  readonly staff: TestStaff
  readonly secrets: readonly string[]
}

/** In by SMS, then a second factor, then in again with it. */
async function logIn(role: (typeof ROLES)[number]): Promise<LoggedIn> {
  const { id, phone } = await addStaff(centre, role, { sources: [centre.source.id] })
  const first = await centre.login(phone)
  const call = bearerClient(centre.url, first.body.data.token)
  const started = (await call('POST', '/api/auth/totp/start')).body.data
  const totp = new TOTP({ secret: started.secret }).generate()
  const confirmed = await call('POST', '/api/auth/totp/confirm', { totp })
  const recoveryCodes: string[] = confirmed.body.data.recovery_codes
  const second = await centre.login(phone, { recovery_code: recoveryCodes[0] })
  assert.equal(second.status, 200, second.text)
  const { token, session_id: sessionId } = second.body.data
  const codes = centre.textsTo(phone).flatMap((text) => /\d{6}/.exec(text) ?? [])
  assert.equal(codes.length, 2)
  return {
    staff: { id, phone, token, sessionId, call: bearerClient(centre.url, token) },
    secrets: [...codes, started.secret, ...recoveryCodes, token, first.body.data.token],
  }
}

test('no secret of anybody in any answer to anybody', async () => {
  const world = openWorld(centre, 1)
  const everybody: LoggedIn[] = []
  for (const role of ROLES) everybody.push(await logIn(role))
  const secrets = everybody.flatMap((each) => each.secrets)
  let looked = 0
  for (const { staff } of everybody) {
    for (const [route, calls] of Object.entries(adminCalls(centre.source.id))) {
      if (!route.startsWith('GET')) continue
      for (const call of calls) {
        const { text } = await make(world, route, call, staff)
        looked += 1
        // Digits of a code may stand in a number by chance, but not with nothing around them.
        for (const secret of secrets) {
          assert.doesNotMatch(text, new RegExp(`(?<![\\w.-])${secret}(?![\\w-])`), route)
        }
      }
    }
  }
  assert.ok(looked > 100)
})

test('nor in the audit, nor as it is in any row of the database', async () => {
  const { secrets } = await logIn('accountant')
  const tables = await centre.sql(`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`)
  const rows = await centre.sql(
    tables.map(({ name }) => `SELECT to_jsonb(t)::text AS row FROM ${name} t`).join(' UNION ALL '),
  )
  assert.ok(rows.length > 20)
  for (const { row } of rows) {
    for (const secret of secrets) {
      assert.doesNotMatch(row, new RegExp(`(?<![\\w.-])${secret}(?![\\w-])`))
    }
  }
})
