// A root of its own for one stage of the Dockerfile, made of this machine's programs, which it may not change.
// Only for a process with mounts of its own (`unshare --mount`): with it they all go.

import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

const RUN_LIMIT_MS = 15 * 60_000
const LINKS = ['bin', 'sbin', 'lib', 'lib64']
const FOLDERS = ['usr', 'proc', 'dev', 'tmp', 'root', 'etc/ssl', 'run/secrets', 'home/node']
const ETC = ['ld.so.cache', 'resolv.conf', 'hosts', 'nsswitch.conf', 'localtime']
const DEVICES = { null: '3', zero: '5', full: '7', random: '8', urandom: '9' }
const ACCOUNTS = {
  passwd: 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n',
  group: 'root:x:0:\nnode:x:1000:\n',
}

export type Environment = Readonly<Record<string, string>>

/** What every stage begins with: the base image's programs, and Node where the image has it. */
export function layBase(root: string, node: string): void {
  for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true })
  for (const link of LINKS) symlinkSync(readlinkSync(`/${link}`), join(root, link))
  bindReadOnly('/usr', join(root, 'usr'))
  const local = join(dirname(root), 'local')
  mkdirSync(join(local, 'bin'), { recursive: true })
  if (!existsSync(join(local, 'bin/node'))) copyFileSync(node, join(local, 'bin/node'))
  bindReadOnly(local, join(root, 'usr/local'))
  mountDevices(root)
  mount('-t', 'proc', 'proc', join(root, 'proc'))
  execFileSync('cp', ['-a', '/etc/ssl/certs', join(root, 'etc/ssl/certs')])
  for (const name of ETC) {
    if (existsSync(join('/etc', name))) copyFileSync(join('/etc', name), join(root, 'etc', name))
  }
  for (const [name, text] of Object.entries(ACCOUNTS)) writeFileSync(join(root, 'etc', name), text)
  execFileSync('chmod', ['1777', join(root, 'tmp')])
  execFileSync('chown', ['1000:1000', join(root, 'home/node')])
}

/** From here on nothing inside can be written but what is mounted for it. */
export function sealRoot(
  root: string,
  writable: readonly { path: string; folder: string }[],
): void {
  for (const { path } of writable) mkdirSync(join(root, path), { recursive: true })
  mount('--bind', root, root)
  mount('-o', 'remount,bind,ro', root)
  bindReadOnly('/usr', join(root, 'usr'))
  bindReadOnly(join(dirname(root), 'local'), join(root, 'usr/local'))
  mountDevices(root)
  mountMemory(join(root, 'tmp'))
  for (const { path, folder } of writable) mount('--bind', folder, join(root, path))
}

/** Runs a line of shell inside, as root, as RUN does. */
export function runInside(root: string, line: string, cwd: string, env: Environment): void {
  const words = ['/bin/sh', '-ec', `cd ${cwd}\n${line}`]
  const ran = spawnSync('/usr/sbin/chroot', [root, ...words], {
    env,
    encoding: 'utf8',
    timeout: RUN_LIMIT_MS,
  })
  if (ran.status !== 0) throw new Error(`RUN ${line}\n${ran.stdout}${ran.stderr}`)
}

/**
 * The words that start a program inside as the first process of its own, as a container does: without a right
 * of root's, and with no way to any.
 */
export function confined(
  root: string,
  ids: string,
  cwd: string,
  words: readonly string[],
): string[] {
  const [uid = '', gid = uid] = ids.split(':')
  return [
    ...['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', `--root=${root}`],
    ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs'],
    ...['--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all'],
    ...['/bin/sh', '-ec', 'cd "$0" && exec "$@"', cwd, ...words],
  ]
}

/** The first process inside, as this machine numbers it, of one that was started by `confined`. */
export function firstInside(child: ChildProcess): number {
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
  return Number(children.trim())
}

/** Devices of its own: those of the machine are never put where something may be removed. */
function mountDevices(root: string): void {
  const folder = join(root, 'dev')
  mount('-t', 'tmpfs', '-o', 'size=1m,mode=0755,nosuid', 'tmpfs', folder)
  for (const [name, minor] of Object.entries(DEVICES)) {
    execFileSync('mknod', ['-m', '666', join(folder, name), 'c', '1', minor])
  }
  for (const [index, name] of ['stdin', 'stdout', 'stderr'].entries()) {
    symlinkSync(`/proc/self/fd/${index}`, join(folder, name))
  }
  symlinkSync('/proc/self/fd', join(folder, 'fd'))
  mkdirSync(join(folder, 'shm'))
  mountMemory(join(folder, 'shm'))
}

function mountMemory(folder: string): void {
  mount('-t', 'tmpfs', '-o', 'size=64m,mode=1777,noexec,nosuid,nodev', 'tmpfs', folder)
}

function bindReadOnly(from: string, to: string): void {
  mount('--bind', from, to)
  mount('-o', 'remount,bind,ro', to)
}

function mount(...words: string[]): void {
  execFileSync('mount', words)
}
