// The programs of a cluster, from Debian. They are started as plain processes here; the services that come
// with the packages are never let start.

import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

/** Package → a program that it brings. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'postgresql-15': '/usr/lib/postgresql/15/bin/postgres',
  patroni: '/usr/bin/patroni',
  'etcd-server': '/usr/bin/etcd',
  'etcd-client': '/usr/bin/etcdctl',
  pgbouncer: '/usr/sbin/pgbouncer',
  haproxy: '/usr/sbin/haproxy',
}

/** What Debian asks before it starts a service; 101 is no. */
const POLICY = '/usr/sbin/policy-rc.d'
const NEVER = '#!/bin/sh\nexit 101\n'

/** @throws Error naming what is missing and how to get it */
export function ensurePrograms(say: (line: string) => void): void {
  const missing = missingPackages()
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  // Where systemd runs they would be enabled too, and that is for the machine's owner to decide.
  if (process.getuid?.() !== 0 || existsSync('/run/systemd/system')) {
    throw new Error(`Не установлено: ${missing.join(', ')}. Поставьте: ${command}`)
  }
  say(`ставлю ${missing.join(', ')}`)
  const isOurs = !existsSync(POLICY)
  if (isOurs) writeFileSync(POLICY, NEVER, { mode: 0o755 })
  try {
    run('apt-get', ['update', '-qq'])
    run('apt-get', command.split(' ').slice(1))
  } finally {
    if (isOurs) rmSync(POLICY)
  }
  const still = missingPackages()
  if (still.length > 0) throw new Error(`Не установилось: ${still.join(', ')}`)
}

function missingPackages(): string[] {
  return Object.keys(PROGRAMS).filter((name) => !existsSync(PROGRAMS[name] ?? ''))
}

function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}
