// The real interpreters that run the examples of docs/examples, and what to install where one is missing.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { until } from '../support/until.ts'

const EXAMPLES = join(import.meta.dirname, '../../docs/examples')

export interface Interpreter {
  readonly name: string
  readonly folder: string
  readonly ending: string
  /** The programs that may run it, the first that works is taken. */
  readonly programs: readonly string[]
  /** Succeeds where everything the examples need is there. */
  readonly probe: readonly string[]
  readonly apt: string
}

export const INTERPRETERS: readonly Interpreter[] = [
  {
    name: 'curl',
    folder: 'curl',
    ending: 'sh',
    programs: ['bash'],
    probe: ['-c', 'curl --version && openssl version'],
    apt: 'apt-get install curl openssl',
  },
  {
    name: 'PHP',
    folder: 'php',
    ending: 'php',
    programs: ['php'],
    probe: ['-r', 'exit(function_exists("curl_init") && PHP_VERSION_ID >= 80000 ? 0 : 1);'],
    apt: 'apt-get install php-cli php-curl',
  },
  {
    name: 'Python',
    folder: 'python',
    ending: 'py',
    programs: ['/usr/bin/python3', 'python3'],
    probe: ['-c', 'import requests'],
    apt: 'apt-get install python3 python3-requests',
  },
  {
    name: 'Node',
    folder: 'node',
    ending: 'mjs',
    programs: [process.execPath],
    probe: ['--version'],
    apt: 'apt-get install nodejs',
  },
]

const known = new Map<string, string | undefined>()

/** Looked for once: starting an interpreter only to see that it is there costs as much as a test. */
function findProgram({ name, programs, probe }: Interpreter): string | undefined {
  if (!known.has(name)) {
    known.set(
      name,
      programs.find((program) => spawnSync(program, probe).status === 0),
    )
  }
  return known.get(name)
}

const MUST_BE_THERE = process.env['CI'] === 'true' || process.getuid?.() === 0

/**
 * The program, or null when it is missing and the test was skipped with a sentence that says what to
 * install. Where nobody could overlook it, on CI and as root, a missing one is a failure.
 */
export function programOf(t: TestContext, interpreter: Interpreter): string | null {
  const { name, apt } = interpreter
  const found = findProgram(interpreter)
  if (found !== undefined) return found
  const sentence = `${name} не найден, его примеры не проверены. Установите: ${apt}`
  assert.ok(!MUST_BE_THERE, sentence)
  t.skip(sentence)
  return null
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The same for the browser. */
export function chromiumOf(t: TestContext): string | null {
  const found = CHROMIUM.find((path) => existsSync(path))
  if (found !== undefined) return found
  const sentence = 'Chromium не найден, страницы не проверены. Установите: apt-get install chromium'
  assert.ok(!MUST_BE_THERE, sentence)
  t.skip(sentence)
  return null
}

export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Running {
  /** All it has printed so far, both ways. */
  said(): string
  /** Types a line, the last one. */
  type(line: string): void
  /** Resolves with the exit code; fails with what was said when it does not end in time. */
  ended(): Promise<number | null>
  stop(): Promise<void>
}

/** Starts an example's file, `name` without its ending. */
export function startExample(
  program: string,
  { folder, ending }: Interpreter,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Running {
  return start(program, [join(EXAMPLES, folder, `${name}.${ending}`), ...args], env)
}

export function start(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Running {
  const child: ChildProcess = spawn(program, args, {
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  let isClosed = false
  child.once('close', () => {
    isClosed = true
  })
  return {
    said: () => said,
    type: (line) => {
      child.stdin?.end(`${line}\n`)
    },
    async ended() {
      try {
        await until(() => isClosed)
      } catch {
        child.kill('SIGKILL')
        assert.fail(`пример не закончился: ${said}`)
      }
      return child.exitCode
    },
    async stop() {
      if (isClosed) return
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}
