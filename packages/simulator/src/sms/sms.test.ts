import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MOBIZON_KEY, SMSC_ACCOUNT, startSimulator } from '../index.ts'

async function post(url: string, fields: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

test('SMSC: takes a message once a minute, and says every failure with HTTP 200', async (t) => {
  const simulator = await startSimulator({ terminals: 1 })
  t.after(() => simulator.close())
  const url = `${simulator.url}/sms/smsc/sys/send.php`
  const { login, password: psw } = SMSC_ACCOUNT
  const fields = { login, psw, phones: '+77001234567', mes: 'код', charset: 'utf-8', fmt: '3' }
  const first = await post(url, fields)
  assert.deepEqual([first.status, first.body.cnt], [200, 1])
  assert.equal((await post(url, fields)).body.error_code, 9)
  assert.equal((await post(url, { ...fields, psw: 'x' })).body.error_code, 2)
  assert.equal((await post(url, { ...fields, fmt: '1' })).body.error_code, 1)
  assert.equal((await post(url, { ...fields, phones: '12' })).body.error_code, 7)
  await fetch(`${simulator.url}/sms/faults`, {
    method: 'POST',
    body: JSON.stringify({ gateway: 'smsc', fault: 'error', code: 3 }),
  })
  assert.equal((await post(url, { ...fields, mes: 'другой' })).body.error_code, 3)
  assert.deepEqual(
    simulator.sms.messages.map(({ to, text }) => [to, text]),
    [['+77001234567', 'код']],
  )
  assert.equal(simulator.sms.callsOf('smsc'), 6)
})

test('Mobizon: wants its key and digits, and can write numbers as texts', async (t) => {
  const simulator = await startSimulator({ terminals: 1 })
  t.after(() => simulator.close())
  const path = '/sms/mobizon/service/message/sendSmsMessage?output=json&api=v1&apiKey='
  const fields = { recipient: '77001234567', text: 'код' }
  const wrong = await post(`${simulator.url}${path}x`, fields)
  assert.notEqual(wrong.body.code, 0)
  const url = `${simulator.url}${path}${MOBIZON_KEY}`
  assert.equal((await post(url, fields)).body.code, 0)
  assert.notEqual((await post(url, { ...fields, recipient: '+77001234567' })).body.code, 0)
  simulator.sms.arm('mobizon', { fault: 'numbers_as_text', code: 1, times: 1, accepts: true })
  const texts = await post(url, fields)
  assert.equal(texts.body.code, '0')
  assert.equal(typeof texts.body.data.messageId, 'string')
  assert.equal(simulator.sms.messages.length, 2)
})
