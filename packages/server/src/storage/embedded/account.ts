// The account PostgreSQL runs as. PostgreSQL refuses to be root, so root lends it an existing
// unprivileged account; an ordinary user runs it as himself. It must never create accounts.

import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { EmbeddedDatabaseError } from './embedded-database-error.ts'

/**
 * Nothing to switch for an ordinary user: `ids` is then empty and can be spread into spawn's
 * options.
 */
export type Account = {
  readonly name: string
  readonly ids: { readonly uid: number; readonly gid: number } | Record<string, never>
  readonly isBorrowed: boolean
}

const CANDIDATES = ['postgres', 'nobody', 'daemon']

/**
 * `existingHome` is the folder of a cluster that is there already: its owner is the only right
 * account.
 */
export function chooseAccount(existingHome: string | undefined): Account {
  if (process.getuid?.() !== 0) return { name: 'self', ids: {}, isBorrowed: false }
  const owner = existingHome ? statSync(existingHome, { throwIfNoEntry: false }) : undefined
  if (owner && owner.uid !== 0) {
    return { name: `uid ${owner.uid}`, ids: { uid: owner.uid, gid: owner.gid }, isBorrowed: true }
  }
  for (const name of CANDIDATES) {
    const uid = askId('-u', name)
    const gid = askId('-g', name)
    if (uid && gid) return { name, ids: { uid, gid }, isBorrowed: true }
  }
  throw new EmbeddedDatabaseError(
    'PostgreSQL не работает от root, а учётных записей postgres и nobody в системе нет. Создайте ' +
      'запись (useradd --system postgres), запустите центр от обычного пользователя или задайте ' +
      'DATABASE_URL.',
  )
}

function askId(flag: '-u' | '-g', name: string): number | undefined {
  const answer = spawnSync('id', [flag, name], { encoding: 'utf8' })
  const id = Number.parseInt(answer.stdout ?? '', 10)
  return answer.status === 0 && Number.isInteger(id) ? id : undefined
}

/** Whether the account may enter the folder, that is search it and every folder above it. */
export function canEnter(account: Account, folder: string): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], {
    ...account.ids,
    cwd: '/',
    stdio: 'ignore',
  })
  return probe.status === 0
}
