// Makes a clone ready to run: the packages of package-lock.json, Node 24 among them, and the console's build. Runs
// before every npm command under whatever Node the machine has, so it must use no package, no
// syntax newer than Node 14's, and neither network nor noticeable time when nothing is to do.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MIN_MAJOR = 20
const NODE_WANTED_MAJOR = 24
const HEARTBEAT_MS = 15000

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const lockFile = join(root, 'package-lock.json')
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.byfly-setup')
const localNode = join(modules, '.bin', 'node')
const consoleSources = join(root, 'packages', 'web', 'console')
const builtConsole = join(consoleSources, 'dist', 'index.html')

function say(text) {
  process.stdout.write(`${text}\n`)
}

function fail(text) {
  process.stderr.write(`\n${text}\n\n`)
  process.exit(1)
}

/**
 * Where it matters the binaries differ by platform, so a folder carried to another machine is
 * stale.
 */
function wantedStamp(lock) {
  const hash = createHash('sha256').update(lock).digest('hex')
  return `${hash} ${process.platform}-${process.arch}\n`
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/**
 * A developer's own `npm install` leaves no stamp. npm writes what it installed as its last step,
 * so that list, compared with the lockfile, tells whether a second installation would change
 * anything.
 */
function isInstalledByNpm(lock) {
  const installedText = readIfThere(join(modules, '.package-lock.json'))
  if (installedText === '') return false
  const wanted = JSON.parse(lock).packages
  const installed = JSON.parse(installedText).packages
  return Object.keys(wanted).every((path) => {
    if (!path.startsWith('node_modules/')) return true
    const found = installed[path]
    if (!found) return wanted[path].optional === true
    return found.version === wanted[path].version
  })
}

/**
 * npm itself, run by the Node that runs it now: the one inside node_modules is about to be
 * replaced.
 */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  if (npm && node && existsSync(npm) && existsSync(node)) return [node, npm]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

function runNpmCi() {
  // Said in full, since the operator's own settings may say otherwise: NODE_ENV=production would
  // leave out Node itself and the tools of `npm test`.
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const [program, ...first] = npmCommand()
  return new Promise((resolve) => {
    const child = spawn(program, [...first, ...flags, '--no-progress', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    const keep = (text) => {
      output = (output + text).slice(-20000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

const ADVICE = [
  [/ENOSPC/, 'На диске нет места: освободите около 1 ГБ.'],
  [
    /EACCES|EPERM|EROFS/,
    `Нет прав на запись в ${root} или в кэш npm. Запустите от владельца этой папки.`,
  ],
  [
    /can only install packages when your package\.json|EUSAGE/,
    'package.json и package-lock.json расходятся. Верните их из git или выполните «npm install».',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network|proxy/i,
    'Нет связи с реестром npm. Проверьте сеть и прокси (npm config set proxy …). ' +
      'Сеть нужна только для первой установки.',
  ],
  [/EINTEGRITY/, 'Пакет скачался испорченным. Выполните «npm cache clean --force» и повторите.'],
  [/ENOENT/, 'Команда npm не найдена. Поставьте Node.js вместе с npm: https://nodejs.org'],
]

async function install() {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  say('Устанавливаются пакеты (npm ci). В первый раз это занимает около минуты…')
  const heartbeat = setInterval(() => say(`  …прошло ${seconds()} с`), HEARTBEAT_MS)
  const { code, output } = await runNpmCi()
  clearInterval(heartbeat)
  if (code !== 0) {
    const known = ADVICE.find(([pattern]) => pattern.test(output))
    const tail = output.trim().split('\n').slice(-12).join('\n')
    fail(`Не удалось установить пакеты. ${known ? known[1] : 'Ответ npm:'}\n\n${tail}`)
  }
  say(`Пакеты установлены за ${seconds()} с.`)
}

function majorOf(version) {
  return Number(/^v?(\d+)\./.exec(version || '')?.[1] || 0)
}

/** The version `node` will have in npm's scripts: node_modules/.bin comes first on their PATH. */
function versionForScripts() {
  if (!existsSync(localNode)) return process.version
  if (realpathSync(localNode) === realpathSync(process.execPath)) return process.version
  const answer = spawnSync(localNode, ['--version'], { encoding: 'utf8' })
  return answer.status === 0 ? answer.stdout : ''
}

function checkNode() {
  if (majorOf(versionForScripts()) >= NODE_WANTED_MAJOR) return
  fail(
    `Нужен Node ${NODE_WANTED_MAJOR}, а его установка вместе с пакетами не удалась: скорее всего, npm ` +
      'запрещено выполнять установочные скрипты (ignore-scripts). Сделайте одно из двух:\n' +
      '  1. npm rebuild node --ignore-scripts=false\n' +
      `  2. поставьте Node ${NODE_WANTED_MAJOR} на машину: https://nodejs.org\n` +
      'и запустите ту же команду снова.',
  )
}

function newestUnder(folder) {
  return Math.max(
    ...readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.name !== 'dist')
      .map((entry) => {
        const path = join(folder, entry.name)
        return entry.isDirectory() ? newestUnder(path) : statSync(path).mtimeMs
      }),
  )
}

/** The console is made of its own sources and of packages; the lockfile tells when those change. */
function isConsoleBuilt() {
  if (!existsSync(builtConsole)) return false
  const sources = Math.max(newestUnder(consoleSources), statSync(lockFile).mtimeMs)
  return statSync(builtConsole).mtimeMs >= sources
}

function buildConsole() {
  if (isConsoleBuilt()) return
  const startedAt = Date.now()
  say('Собирается консоль сотрудников…')
  const node = existsSync(localNode) ? localNode : process.execPath
  const vite = join(modules, 'vite', 'bin', 'vite.js')
  const built = spawnSync(node, [vite, 'build', consoleSources, '--logLevel', 'error'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (built.status !== 0) {
    fail(`Консоль не собралась:\n\n${built.stdout || ''}${built.stderr || built.error || ''}`)
  }
  say(`Консоль собрана за ${Math.round((Date.now() - startedAt) / 1000)} с.`)
}

async function main() {
  if (majorOf(process.version) < NODE_MIN_MAJOR) {
    fail(
      `Node ${process.version} слишком старый: для установки нужен ${NODE_MIN_MAJOR} или новее ` +
        `(дальше центр сам возьмёт Node ${NODE_WANTED_MAJOR}). https://nodejs.org`,
    )
  }
  const lock = readIfThere(lockFile)
  if (lock === '') fail(`Нет файла ${lockFile}. Верните его из git: git checkout package-lock.json`)
  const stamp = wantedStamp(lock)
  if (readIfThere(stampFile) !== stamp) {
    if (!isInstalledByNpm(lock)) await install()
    checkNode()
    writeFileSync(stampFile, stamp)
  } else {
    checkNode()
  }
  buildConsole()
}

main()
