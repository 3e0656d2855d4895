// The same acts at the command line: through the same functions, under the name of the account, in
// the same audit.

import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { after, before, test } from 'node:test'
import { byfly } from '../support/byfly.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'

let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
})
after(() => centre.stop())

const terminal = (...words: string[]) => byfly(centre.database, ['terminal', ...words])

function auditOf(id: number) {
  return centre.sql(
    `SELECT action, actor_kind, actor_name, facts FROM audit_log
     WHERE target_kind = 'terminal' AND target_id = $1 ORDER BY seq`,
    [String(id)],
  )
}

test('a terminal’s life at the command line is in the audit, line by line', async () => {
  const camera = 'http://eye:secret@127.0.0.1:3000/'
  const added = await terminal('add', 'Касса', '127.0.0.1', '--port', '9', '--camera', camera)
  assert.equal(added.code, 0, added.out)
  const steps = [
    ['set', '2', '--name', 'Касса 2', '--own-cheque'],
    ['take-out', '2', '--reason', 'ремонт'],
    ['return', '2', '--reason', 'починили'],
    ['remove', '2'],
  ]
  for (const step of steps) {
    const { code, out } = await terminal(...step)
    assert.equal(code, 0, `${step.join(' ')}: ${out}`)
  }
  const { username } = userInfo()
  const lines = await auditOf(2)
  assert.deepEqual(
    lines.map(({ action }) => action),
    [
      'terminal.created',
      'terminal.changed',
      'terminal.taken_out',
      'terminal.brought_back',
      'terminal.deleted',
    ],
  )
  for (const { actor_kind: kind, actor_name: name } of lines) {
    assert.deepEqual([kind, name], ['cli', username])
  }
  assert.deepEqual(lines[1].facts, {
    name: { before: 'Касса', after: 'Касса 2' },
    own_cheque: { before: false, after: true },
  })
  assert.doesNotMatch(JSON.stringify(lines), /secret/)
})

test('check is the same checklist, and its exit code says whether anything failed', async () => {
  const well = await terminal('check', '1')
  assert.equal(well.code, 0, well.out)
  assert.match(well.out, /✓ терминал +Терминал отвечает/)
  assert.match(well.out, /· токен +.*«Защита интеграции» выключена/)
  centre.simulator.terminal(1).armFault({ fault: 'camera_down' })
  const ill = await terminal('check', '1')
  assert.equal(ill.code, 1)
  assert.match(ill.out, /✗ камера +Камера не даёт изображения\. Проверьте адрес камеры/)
  const told = (await auditOf(1)).map(({ action, facts }) => [action, facts.camera])
  assert.deepEqual(told, [
    ['terminal.tested', 'ok'],
    ['terminal.tested', 'failed'],
  ])
})

test('what cannot be done is said in a sentence, without a stack', async () => {
  const before = await auditOf(1)
  const rows: [string[], RegExp][] = [
    [['add', 'x', 'http://a b'], /не похоже на адрес/],
    [['add', 'x', '169.254.169.254'], /BYFLY_DEVICE_NETWORKS/],
    [['add', 'x', '127.0.0.1', '--camera-id', '4'], /BYFLY_CAMERA_BASE/],
    [['set', '1', '--country', 'XX'], /--country/],
    [['set', '77', '--name', 'x'], /Терминала 77 нет/],
    [['remove', '77'], /Терминала 77 нет/],
    [['take-out', '1'], /reason/],
    [['take-out', '1', '--reason', ' '], /--reason: от 1 до 500/],
    [['return', '1', '--reason', 'x'], /из работы не выводили/],
    [['resolve', '1', '--reason', 'x', '--evidence', 'y'], /не в карантине/],
  ]
  for (const [words, sentence] of rows) {
    const { code, out } = await terminal(...words)
    assert.equal(code, 1, `${words.join(' ')}: ${out}`)
    assert.match(out, sentence)
    assert.doesNotMatch(out, /at .*\.ts:/, words.join(' '))
  }
  assert.deepEqual(await auditOf(1), before)
})
