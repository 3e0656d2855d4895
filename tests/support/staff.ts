// Members of staff for tests: added and logged in past the SMS, which has tests of its own.

import type { Role } from '@byfly-pay/core'
import { audited } from '../../packages/server/src/accounts/audited.ts'
import type { NewAdmin } from '../../packages/server/src/ports/staff-store.ts'
import type { Answer, TestCentre } from './centre.ts'
import { ACTING, client } from './centre.ts'

const LIFE_MS = 3_600_000

export interface TestStaff {
  readonly id: number
  readonly phone: string
  readonly token: string
  readonly sessionId: string
  /** A call with the Bearer token; `body` undefined sends none. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
}

let lastPhone = 7_000_000_000

/** A fresh phone for each, unless one is given. */
export async function addStaff(
  { running: { centre } }: Pick<TestCentre, 'running'>,
  role: Role,
  lists: Partial<NewAdmin> = {},
): Promise<{ readonly id: number; readonly phone: string }> {
  lastPhone += 1
  const phone = lists.phone ?? `+7${lastPhone}`
  const id = await audited(centre, ACTING.actor, async (tx) => {
    const added = await centre.storage.staff.addAdmin(tx, {
      name: `${role} ${phone.slice(-4)}`,
      countryIso: 'KZ',
      countries: null,
      systems: null,
      sources: [],
      role,
      ...lists,
      phone,
    })
    const target = { kind: 'admin', id: String(added) }
    return { result: added, line: { action: 'admin.created' as const, target, facts: {} } }
  })
  if (id === null) throw new Error(`телефон ${phone} уже занят`)
  return { id, phone }
}

export async function loginAs(
  test: TestCentre,
  role: Role,
  lists: Partial<NewAdmin> = {},
): Promise<TestStaff> {
  const { id, phone } = await addStaff(test, role, lists)
  return { phone, ...(await sessionFor(test, id)) }
}

/** Another session of the same person, or the same one on another instance. */
export async function sessionFor(
  { running: { centre }, url }: Pick<TestCentre, 'running' | 'url'>,
  adminId: number,
): Promise<Omit<TestStaff, 'phone'>> {
  const { staff } = centre.storage
  const session = await centre.storage.transaction((tx) =>
    staff.openSession(tx, { adminId, lifeMs: LIFE_MS, ip: '127.0.0.1', userAgent: 'test' }),
  )
  const token = await centre.staffTokens.issue(session.id, adminId, session.expiresAtMs)
  return { id: adminId, sessionId: session.id, token, call: bearerClient(url, token) }
}

export function bearerClient(url: string, token: string): TestStaff['call'] {
  const { call } = client(url, '')
  return (method, path, body, headers = {}) =>
    call(method, path, body, { Authorization: `Bearer ${token}`, ...headers })
}
