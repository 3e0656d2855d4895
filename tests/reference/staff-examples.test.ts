// The examples for staff, run as a member of staff would run them: a code from the phone, then a call.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { addStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { INTERPRETERS, programOf, startExample } from './interpreters.ts'

let centre: LoginCentre
before(async () => {
  centre = await startLoginCentre()
})
after(() => centre.stop())

const [curl] = INTERPRETERS

test('curl: log in by the code of an SMS, list the sources', async (t) => {
  assert.ok(curl)
  const program = programOf(t, curl)
  if (program === null) return
  const { phone } = await addStaff(centre, 'country_admin')
  const login = startExample(program, curl, 'login', [phone], { BYFLY_URL: centre.url })
  await until(() => centre.textsTo(phone).length > 0)
  login.type(/\d{6}/.exec(centre.textsTo(phone).at(-1) ?? '')?.[0] ?? '')
  assert.equal(await login.ended(), 0, login.said())
  const token = login.said().trim().split('\n').at(-1) ?? ''
  assert.match(token, /(eyJ[\w-]+\.[\w-]+\.[\w-]+)$/)
  const sources = startExample(program, curl, 'sources', [], {
    BYFLY_URL: centre.url,
    BYFLY_STAFF_TOKEN: /eyJ\S+$/.exec(token)?.[0] ?? '',
  })
  assert.equal(await sources.ended(), 0, sources.said())
  assert.match(sources.said(), /"name":"Тестовый сайт"/)
})

test('curl: a wrong code is told, and there is no token', async (t) => {
  assert.ok(curl)
  const program = programOf(t, curl)
  if (program === null) return
  const { phone } = await addStaff(centre, 'cashier')
  const login = startExample(program, curl, 'login', [phone], { BYFLY_URL: centre.url })
  await until(() => centre.textsTo(phone).length > 0)
  const right = /\d{6}/.exec(centre.textsTo(phone).at(-1) ?? '')?.[0] ?? ''
  login.type(`${right.slice(0, 5)}${(Number(right[5]) + 1) % 10}`)
  assert.notEqual(await login.ended(), 0)
  assert.match(login.said(), /wrong_login_code/)
  assert.doesNotMatch(login.said(), /eyJ/)
})
