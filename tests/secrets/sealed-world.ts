// A centre in whose database something of every sealed kind lies, and what each of them says. The words are
// canaries: they may stand nowhere in the database as they are.

import { randomBytes } from 'node:crypto'
import { SEALED_PLACES } from '../../packages/server/src/storage/sealed-values.ts'
import type { TestCentre } from '../support/centre.ts'
import { addStaff } from '../support/staff.ts'

export const FORMER_KEY = 'the key that is to be replaced, long enough'
export const NEW_KEY = 'the key that comes in its place, long enough'

export interface Canaries {
  readonly adminId: number
  readonly terminalId: number
  readonly totpSecret: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly cameraPassword: string
  readonly smsPassword: string
  readonly textTo: string
  readonly text: string
  readonly webhookSecret: string
}

export function cameraUrlWith(password: string): string {
  return `http://eye:${password}@127.0.0.1:9/qr?at=a@b`
}

export async function fillWithSecrets(test: TestCentre): Promise<Canaries> {
  const { storage, vault, loginSecrets } = test.running.centre
  const { id: adminId } = await addStaff(test, 'accountant')
  const canary = (what: string) => `canary-${what}-${randomBytes(9).toString('hex')}`
  // Switched off: nobody is to be served by it.
  const [{ id: terminalId }] = await test.sql(
    `INSERT INTO terminals (name, ip_address, scheme, host, port, is_active)
     VALUES ('С секретами', '127.0.0.1', 'http', '127.0.0.1', 8, false) RETURNING id`,
  )
  const said = {
    adminId,
    terminalId,
    totpSecret: loginSecrets.newTotpSecret(),
    accessToken: canary('access'),
    refreshToken: canary('refresh'),
    cameraPassword: canary('camera'),
    smsPassword: canary('sms-account'),
    textTo: '+77019998877',
    text: canary('text'),
    webhookSecret: test.source.webhookSecret,
  }
  await storage.transaction(async (tx) => {
    await storage.secondFactors.start(tx, adminId, said.totpSecret)
    const hashes = loginSecrets
      .newRecoveryCodes()
      .map((code) => loginSecrets.hashOfRecoveryCode(adminId, code))
    await storage.secondFactors.confirm(tx, adminId, 1, hashes)
    const { accessToken, refreshToken } = said
    const expiresAtMs = Date.now() + 30 * 86_400_000
    await storage.terminals.keepRegistered(tx, terminalId, 'canary', {
      accessToken,
      refreshToken,
      expiresAtMs,
    })
    const cameraUrl = cameraUrlWith(said.cameraPassword)
    await storage.terminals.change(tx, terminalId, { cameraUrl })
    const account = { sender: 'mobizon', key: said.smsPassword, from: null } as const
    await storage.texts.keepSettings(tx, account)
  })
  // Not due before the test is over.
  await test.sql(
    `INSERT INTO texts (id, kind, admin_id, sealed_to, sealed_text, masked_to, next_at, expires_at)
     VALUES (new_id(), 'login_code', $1, $2, $3, '+7701•••8877', now() + interval '1 hour',
       now() + interval '2 hours')`,
    [adminId, vault.seal(said.textTo), vault.seal(said.text)],
  )
  return said
}

/** Secrets that ended long ago: enough of them for several batches. */
export async function addEndedSecrets(test: TestCentre, count: number): Promise<void> {
  const { vault } = test.running.centre
  const sealed = Array.from({ length: count }, (_, at) => vault.seal(`canary-ended-${at}`))
  await test.sql(
    `INSERT INTO source_secrets (source_id, sealed, created_at, expires_at)
     SELECT $1, sealed, now() - interval '9 days', now() - interval '8 days'
     FROM unnest($2::bytea[]) AS sealed`,
    [test.source.id, sealed],
  )
}

/** Every sealed value there is. */
export async function everySealed(test: Pick<TestCentre, 'sql'>): Promise<Buffer[]> {
  const columns = Object.values(SEALED_PLACES).flatMap(({ table, columns }) =>
    columns.map((column) => `SELECT ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL`),
  )
  return (await test.sql(columns.join(' UNION ALL '))).map(({ sealed }) => sealed)
}

/** Every row of every table as text, binary columns in hex. */
export async function dump(test: Pick<TestCentre, 'sql'>): Promise<string[]> {
  const tables = await test.sql(`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`)
  const rows = await test.sql(
    tables.map(({ name }) => `SELECT to_jsonb(t)::text AS row FROM ${name} t`).join(' UNION ALL '),
  )
  return rows.map(({ row }) => row)
}
