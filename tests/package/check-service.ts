// The package as docs/guide/installing.md installs it for systemd: by root, for an account that can write only its
// state. The unit's own command and environment, with the embedded database; systemd itself does not run here.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chownSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  confined,
  type Environment,
  firstInside,
  layBase,
  runInside,
  sealRoot,
} from './scratch-root.ts'
import { endByTerm, payOnce, serveDemo } from './served-demo.ts'

const ACCOUNT = 1000
const STATE = '/var/lib'
const CREDENTIALS = '/run/credentials'
const PATH = '/usr/local/bin:/usr/bin:/bin'

export interface ServiceOptions {
  readonly tarball: string
  readonly unit: string
  readonly folder: string
  readonly node: string
  readonly buildEnv: Environment
  readonly say: (line: string) => void
}

export async function checkService(options: ServiceOptions): Promise<void> {
  const { folder, say, tarball } = options
  const root = join(folder, 'root')
  const state = join(folder, 'state')
  const credentials = join(folder, 'credentials')
  layBase(root, options.node)
  copyFileSync(tarball, join(root, 'root', basename(tarball)))
  const install = `mkdir -p /opt/byfly-pay
tar -xzf ${basename(tarball)} -C /opt/byfly-pay --strip-components=1 --no-same-owner
npm ci --prefix /opt/byfly-pay`
  say('  npm ci --prefix /opt/byfly-pay')
  runInside(root, install, '/root', { PATH, HOME: '/root', ...options.buildEnv })
  for (const made of [join(state, 'byfly-pay'), credentials]) mkdirSync(made, { recursive: true })
  chownSync(join(state, 'byfly-pay'), ACCOUNT, ACCOUNT)
  writeFileSync(join(credentials, 'secret-key'), randomBytes(32).toString('base64'))
  sealRoot(root, [
    { path: STATE, folder: state },
    { path: CREDENTIALS, folder: credentials },
  ])
  const { command, environment } = readUnit(options.unit)
  const [program = '', ...words] = confined(root, `${ACCOUNT}`, '/', command)
  const served = await serveDemo({
    program,
    words,
    cwd: '/',
    env: { PATH, ...environment, BYFLY_MODE: 'demo', PORT: '0' },
    demoFile: join(state, 'byfly-pay/demo.json'),
  })
  await payOnce(served.demo)
  say('  платёж прошёл: встроенная база, установка только для чтения')
  assert.equal(await endByTerm(served.child, firstInside(served.child)), 0)
  say('  остановилась по SIGTERM')
}

function readUnit(path: string): { command: string[]; environment: Environment } {
  const text = readFileSync(path, 'utf8')
  const command = /^ExecStart=(.+)$/m.exec(text)?.[1]?.split(' ') ?? []
  const entries = [...text.matchAll(/^Environment=(\w+)=(.+)$/gm)].map(
    ([, name = '', value = '']) => [name, value.replace('%S', STATE).replace('%d', CREDENTIALS)],
  )
  return { command, environment: Object.fromEntries(entries) }
}
