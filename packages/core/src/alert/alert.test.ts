import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ROLES, rightsOf } from '../staff/role.ts'
import { EVERYTHING } from '../staff/scope.ts'
import { HOUR_MS, localTime, MINUTE_MS, momentOfLocal } from '../time.ts'
import { type AlertTimes, type Condition, decideAlerts, type OpenAlert } from './decide.ts'
import {
  ALERT_KINDS,
  type AlertKind,
  alertKindsFor,
  alertRules,
  hasThreshold,
  isLasting,
  mayKnow,
} from './kind.ts'
import { alertRetryMs, isQuiet, sendAtMs } from './quiet.ts'

const NOW = 1_700_000_000_000
const RULES = alertRules({})
const TIMES: AlertTimes = { remindAfterMs: HOUR_MS, calmMs: MINUTE_MS }
const NEVER_AGAIN: AlertTimes = { ...TIMES, remindAfterMs: null }
const ALMATY = 'Asia/Almaty'
const PLACE = { countryIso: 'KZ', system: 'kaspi', sourceId: null }

function condition(kind: AlertKind, sinceMs = NOW - HOUR_MS, key = '1'): Condition {
  return { kind, key, sinceMs, place: PLACE, terminalId: null, paymentId: null, facts: {} }
}

function alert(kind: AlertKind, changes: Partial<OpenAlert> = {}): OpenAlert {
  return {
    id: 7,
    kind,
    key: '1',
    openedAtMs: NOW - 1,
    lastSeenAtMs: NOW - 1,
    isReminded: false,
    ...changes,
  }
}

function told(
  open: readonly OpenAlert[],
  conditions: readonly Condition[],
  now = NOW,
  rules = RULES,
) {
  return decideAlerts(open, conditions, rules, TIMES, now).map(({ kind }) => kind)
}

/** Kind, severity, seconds until it is told, threshold, the right that it takes, whether it lasts. */
const CHARACTERS = `
  terminal_offline       warning  60    null terminals.read  lasts
  terminal_suspended     warning  0     null terminals.read  lasts
  terminal_quarantined   warning  0     null terminals.read  lasts
  terminal_needs_mending warning  0     null terminals.read  lasts
  result_unknown         critical 300   null payments.read   lasts
  books_restored         critical 0     null terminals.read  lasts
  endpoint_failing       warning  300   null deliveries.read lasts
  sms_balance_low        critical 0     1000 texts.read      lasts
  reconciliation_gap     warning  86400 null books.reconcile lasts
  unusual_sum            warning  0     3    payments.read   once
  certificate_expiring   critical 0     14   settings.write  lasts`

test('the rules as they come, and what staff changed of them', () => {
  const lines = CHARACTERS.trim().split('\n')
  assert.deepEqual(
    lines.map((line) => line.trim().split(/\s+/)[0]),
    ALERT_KINDS,
  )
  for (const line of lines) {
    const [kind, severity, after, threshold, right, lasts] = line.trim().split(/\s+/)
    const known = ALERT_KINDS.find((one) => one === kind)
    assert.ok(known)
    assert.deepEqual(
      RULES[known],
      JSON.parse(
        `{"isOn":true,"severity":"${severity}","afterSeconds":${after},"threshold":${threshold}}`,
      ),
    )
    assert.equal(isLasting(known), lasts === 'lasts')
    assert.equal(hasThreshold(known), threshold !== 'null')
    for (const role of ROLES) {
      const knows = rightsOf(role).some((one) => one === right)
      assert.equal(alertKindsFor(role).includes(known), knows, `${kind}, ${role}`)
    }
  }
  const rule = { isOn: false, severity: 'critical', afterSeconds: 5, threshold: 2 } as const
  const changed = alertRules({ unusual_sum: rule })
  assert.deepEqual(changed, { ...RULES, unusual_sum: rule })
})

test('what has lasted long enough is told once, what has not is not', () => {
  assert.deepEqual(told([], [condition('result_unknown', NOW - 300_000)]), ['opened'])
  assert.deepEqual(told([], [condition('result_unknown', NOW - 299_999)]), [])
  assert.deepEqual(told([alert('result_unknown')], [condition('result_unknown')]), ['seen'])
})

test('a trouble that began a moment after the moment of asking is there all the same', () => {
  const begun = condition('terminal_quarantined', NOW + 2)
  assert.deepEqual(told([], [begun]), ['opened'])
  assert.deepEqual(told([alert('terminal_quarantined')], [begun]), ['seen'])
})

test('after an hour it is told once more, and never again', () => {
  const open = alert('terminal_suspended', { openedAtMs: NOW - HOUR_MS })
  assert.deepEqual(told([open], [condition('terminal_suspended')]), ['still'])
  assert.deepEqual(told([{ ...open, isReminded: true }], [condition('terminal_suspended')]), [
    'seen',
  ])
  assert.deepEqual(
    decideAlerts([open], [condition('terminal_suspended')], RULES, NEVER_AGAIN, NOW),
    [{ kind: 'seen', id: 7 }],
  )
})

test('it is over when it was not seen for a minute; what happened once ends in silence', () => {
  const seen = alert('endpoint_failing', { lastSeenAtMs: NOW - TIMES.calmMs })
  assert.deepEqual(decideAlerts([seen], [], RULES, NEVER_AGAIN, NOW), [
    { kind: 'ended', id: 7, isTold: true },
  ])
  assert.deepEqual(told([alert('endpoint_failing')], []), [], 'it flickers')
  const once = alert('unusual_sum', { lastSeenAtMs: NOW - TIMES.calmMs })
  assert.deepEqual(decideAlerts([once], [], RULES, NEVER_AGAIN, NOW), [
    { kind: 'ended', id: 7, isTold: false },
  ])
})

test('two troubles of one kind are two alerts', () => {
  const both = [condition('terminal_suspended', 0, '1'), condition('terminal_suspended', 0, '2')]
  assert.deepEqual(told([], both), ['opened', 'opened'])
  assert.deepEqual(told([alert('terminal_suspended', { key: '2' })], both), ['seen', 'opened'])
})

test('a rule that is off opens nothing, and ends what it opened without a word', () => {
  const rule = { ...RULES.terminal_suspended, isOn: false }
  const rules = alertRules({ terminal_suspended: rule })
  assert.deepEqual(told([], [condition('terminal_suspended')], NOW, rules), [])
  assert.deepEqual(decideAlerts([alert('terminal_suspended')], [], rules, NEVER_AGAIN, NOW), [
    { kind: 'ended', id: 7, isTold: false },
  ])
})

test('however a trouble comes and goes, openings and ends take turns and at most one reminder is between', () => {
  const steps = fc.array(
    fc.record({ isWrong: fc.boolean(), passMs: fc.integer({ min: 0, max: 30 * MINUTE_MS }) }),
    {
      maxLength: 60,
    },
  )
  fc.assert(
    fc.property(steps, (all) => {
      let open = null as OpenAlert | null
      let now = NOW
      const said: string[] = []
      for (const { isWrong, passMs } of all) {
        now += passMs
        const conditions = isWrong ? [condition('terminal_suspended', now - 1)] : []
        for (const { kind } of decideAlerts(
          open === null ? [] : [open],
          conditions,
          RULES,
          TIMES,
          now,
        )) {
          if (kind !== 'seen') said.push(kind)
          if (kind === 'opened')
            open = alert('terminal_suspended', { openedAtMs: now, lastSeenAtMs: now })
          else if (kind === 'ended') open = null
          else if (open !== null) {
            open = { ...open, lastSeenAtMs: now, isReminded: open.isReminded || kind === 'still' }
          }
        }
      }
      assert.match(said.join(' '), /^(opened( still)?( ended ?|$))*$/)
    }),
  )
})

function almaty(text: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number)
  return momentOfLocal([year, month, day, hour, minute, 0], ALMATY) ?? Number.NaN
}

const NIGHT = { fromMinute: 22 * 60, toMinute: 8 * 60 }

test('at night a warning waits for the morning, over midnight and over the end of a month', () => {
  const sent = (text: string) => localTime(sendAtMs('warning', NIGHT, almaty(text), ALMATY), ALMATY)
  assert.equal(sent('2026-02-28 23:59'), '2026-03-01 08:00:00')
  assert.equal(sent('2026-03-01 00:00'), '2026-03-01 08:00:00')
  assert.equal(sent('2026-12-31 22:00'), '2027-01-01 08:00:00')
  assert.equal(sent('2026-03-01 07:59'), '2026-03-01 08:00:00')
  assert.equal(sent('2026-03-01 08:00'), '2026-03-01 08:00:00')
  assert.equal(sent('2026-03-01 21:59'), '2026-03-01 21:59:00')
})

test('a critical one wakes people, and without quiet hours everything goes at once', () => {
  const midnight = almaty('2026-03-01 00:00')
  assert.equal(sendAtMs('critical', NIGHT, midnight, ALMATY), midnight)
  assert.equal(sendAtMs('warning', null, midnight, ALMATY), midnight)
})

test('a message never leaves in quiet hours, and waits less than a day, whatever the zone', () => {
  const zone = fc.constantFrom(ALMATY, 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia')
  const minute = fc.integer({ min: 0, max: 1_439 })
  const quiet = fc.record({ fromMinute: minute, toMinute: minute })
  const at = fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 })
  fc.assert(
    fc.property(zone, quiet, at, (where, hours, now) => {
      const sendAt = sendAtMs('warning', hours, now, where)
      assert.ok(sendAt >= now && sendAt - now <= 25 * HOUR_MS)
      const [hour = 0, min = 0] = localTime(sendAt, where).slice(11, 16).split(':').map(Number)
      // Where the clock is put back over the end of the quiet hours, an hour has two of each minute.
      if (where === ALMATY) assert.equal(isQuiet(hours, hour * 60 + min), false)
    }),
  )
})

test('L4: whoever may not see the thing may not know of its trouble', () => {
  const here = { kind: 'terminal_suspended', place: PLACE } as const
  const uzbek = { ...EVERYTHING, countries: ['UZ'] }
  assert.equal(mayKnow('country_admin', EVERYTHING, here), true)
  assert.equal(mayKnow('country_admin', uzbek, here), false)
  assert.equal(mayKnow('country_admin', { ...EVERYTHING, countries: ['KZ'] }, here), true)
  assert.equal(mayKnow('developer', EVERYTHING, here), false)
  const wide = {
    kind: 'result_unknown',
    place: { countryIso: null, system: null, sourceId: null },
  } as const
  assert.equal(mayKnow('country_admin', EVERYTHING, wide), true)
  assert.equal(mayKnow('country_admin', uzbek, wide), false)
  assert.deepEqual(alertKindsFor('super_admin').length, Object.keys(RULES).length)
  assert.equal(alertKindsFor('cashier').includes('sms_balance_low'), false)
})

test('quiet hours begin at their minute and end before theirs, over midnight or within a day', () => {
  const minutes = [0, 60, 119, 120, 121]
  const at = (hours: { fromMinute: number; toMinute: number }) =>
    minutes.map((minute) => (isQuiet(hours, minute) ? 'z' : '-')).join('')
  assert.equal(at({ fromMinute: 60, toMinute: 120 }), '-zz--')
  assert.equal(at({ fromMinute: 120, toMinute: 60 }), 'z--zz')
  assert.equal(at({ fromMinute: 60, toMinute: 60 }), '-----')
})

test('quiet hours within a day end the same day, to the minute', () => {
  const noon = { fromMinute: 12 * 60, toMinute: 13 * 60 + 30 }
  const sent = (text: string) => localTime(sendAtMs('warning', noon, almaty(text), ALMATY), ALMATY)
  assert.equal(sent('2026-05-31 12:00'), '2026-05-31 13:30:00')
  assert.equal(sent('2026-05-31 13:29'), '2026-05-31 13:30:00')
  assert.equal(sent('2026-05-31 13:30'), '2026-05-31 13:30:00')
})

test('quiet hours end by the clock on the wall, in the night that is an hour short or long too', () => {
  const berlin = (moment: number) => sendAtMs('warning', NIGHT, moment, 'Europe/Berlin') - moment
  assert.equal(berlin(Date.UTC(2026, 2, 28, 22)), 8 * HOUR_MS)
  assert.equal(berlin(Date.UTC(2026, 9, 24, 21)), 10 * HOUR_MS)
  // 02:30 is left out that night: the message leaves when the clock shows half past the next hour.
  const left = { fromMinute: 60, toMinute: 150 }
  const at = Date.UTC(2026, 2, 29, 0, 15)
  assert.equal(sendAtMs('warning', left, at, 'Europe/Berlin'), Date.UTC(2026, 2, 29, 1, 30))
})

test('each try waits longer: 6 s, 30 s, 2, 10, 30 and 60 minutes', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((tries) => alertRetryMs(tries, null))
  const minutes = [0.1, 0.5, 2, 10, 30, 60].map((count) => count * MINUTE_MS)
  assert.deepEqual(waits, [...minutes, null])
  assert.equal(alertRetryMs(4, 1_000), 10 * MINUTE_MS)
})

test('a message that nobody took is sent later, as asked, and given up in the end', () => {
  assert.equal(alertRetryMs(1, null), 6_000)
  assert.equal(alertRetryMs(1, 30_000), 30_000)
  assert.equal(alertRetryMs(2, 10 * HOUR_MS), HOUR_MS)
  assert.equal(alertRetryMs(7, null), null)
})
