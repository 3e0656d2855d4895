// In which language the centre answers its staff: the one that `Accept-Language` asks for first of those it speaks,
// Russian for whoever asks for none.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LANGUAGES, type Language } from '@byfly-pay/core'
import { DESK_WORDS } from '../../packages/server/src/desks/words/words.ts'
import { PAYMENT_WORDS } from '../../packages/server/src/payments/words/words.ts'
import { TERMINAL_WORDS } from '../../packages/server/src/terminals/words/words.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

let centre: TestCentre
let admin: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  admin = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())

async function read(path: string, asked?: string, method = 'GET') {
  const headers: Record<string, string> = asked === undefined ? {} : { 'Accept-Language': asked }
  const answer = await admin.call(method, `/api/admin/${path}`, undefined, headers)
  assert.equal(answer.status, 200, answer.text)
  assert.match(answer.headers.get('vary') ?? '', /accept-language/i)
  return answer.body.data
}

test('the language is the first that is asked for and spoken', async () => {
  const rows: [string | undefined, Language][] = [
    [undefined, 'ru'],
    ['', 'ru'],
    ['de, fr;q=0.5', 'ru'],
    ['*', 'ru'],
    ['kk', 'kk'],
    ['KK-kz', 'kk'],
    ['uz-Latn-UZ, ru;q=0.9', 'uz'],
    ['de, uz;q=0.8, kk;q=0.9', 'kk'],
    ['en;q=0, uz;q=0.1', 'uz'],
    ['kk;q=ten', 'ru'],
  ]
  for (const [asked, language] of rows) {
    const { desks } = await read('desks', asked)
    const titles = desks.map(({ title }: { title: string }) => title)
    assert.deepEqual(titles, Object.values(DESK_WORDS[language].desks), asked)
  }
})

test('the story of a payment and its tasks are told in it', async () => {
  const id = await centre.init(1_000_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  await centre.sql(
    `INSERT INTO tasks (kind, payment_id, source_id, opened_at)
     SELECT 'overpaid', id, source_id, now() FROM payments`,
  )
  for (const language of LANGUAGES) {
    const words = PAYMENT_WORDS[language]
    const story = await read(`transactions/${id}`, language)
    const sentences = story.timeline.map(({ sentence }: { sentence: string }) => sentence)
    assert.equal(sentences[0], words.history.created)
    assert.ok(sentences.includes(words.history.qr_read))
    assert.equal(story.why_this_status, `${words.why.paid('10\u00a0000\u00a0₸')}.`)
    assert.equal(story.attempts[0].sentence, words.attempts.succeeded)
    assert.equal(story.tasks[0].title, words.tasks.overpaid)
    const [entry] = (await read('desks/overpaid', language)).entries
    assert.equal(entry.title, words.tasks.overpaid)
    assert.equal(entry.known[0], DESK_WORDS[language].payment(id, '10\u00a0000\u00a0₸'))
    assert.deepEqual((await read(`desk-entries/${entry.id}`, language)).known, entry.known)
  }
})

test('a test of a terminal is told in it', async () => {
  for (const language of LANGUAGES) {
    const { lines } = await read('terminals/1/self-test', language, 'POST')
    const said = (wanted: string) =>
      lines.find(({ check }: { check: string }) => check === wanted).message
    const { camera, qr, tls } = TERMINAL_WORDS[language]
    assert.deepEqual([said('tls'), said('camera'), said('qr')], [tls.plain, camera.well, qr.none])
  }
})
