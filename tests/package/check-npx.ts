// The shortest way to a running centre: one file, `npx ./byfly-pay-x.y.z.tgz serve`, an ordinary account in
// an empty folder, and a machine on which it may write nowhere but at home.

import { chownSync, copyFileSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { confined, type Environment, firstInside, layBase, sealRoot } from './scratch-root.ts'
import { endByTerm, payOnce, serveDemo } from './served-demo.ts'

const HOME = '/home/node'
const ACCOUNT = 1000

export interface NpxOptions {
  readonly tarball: string
  readonly folder: string
  readonly node: string
  readonly buildEnv: Environment
  readonly say: (line: string) => void
}

export async function checkNpx(options: NpxOptions): Promise<void> {
  const { folder, say, tarball } = options
  const root = join(folder, 'root')
  const home = join(folder, 'home')
  layBase(root, options.node)
  mkdirSync(home)
  copyFileSync(tarball, join(home, basename(tarball)))
  chownSync(home, ACCOUNT, ACCOUNT)
  sealRoot(root, [{ path: HOME, folder: home }])
  const [program = '', ...words] = confined(root, `${ACCOUNT}`, HOME, [
    ...['npx', '--yes', `./${basename(tarball)}`, 'serve'],
  ])
  say(`  npx ./${basename(tarball)} serve`)
  const served = await serveDemo({
    program,
    words,
    cwd: '/',
    env: { PATH: process.env['PATH'], HOME, PORT: '0', ...options.buildEnv },
    demoFile: join(home, 'data/demo.json'),
  })
  await payOnce(served.demo)
  say('  платёж прошёл')
  await endByTerm(served.child, firstInside(served.child))
  say('  остановился по SIGTERM')
}
