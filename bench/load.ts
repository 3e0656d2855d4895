// Requests a second over loopback, by a fixed number of clients for a fixed time. It stops by itself.
// wrk makes the load: a generator in JavaScript would take more of two cores than the server does.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const WRK = '/usr/bin/wrk'

/** Says what to install when the generator is missing. */
export function checkLoadGenerator(): void {
  if (!existsSync(WRK)) throw new Error('Нет wrk: apt-get install wrk')
}

export interface Load {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Paths that are asked for one after the other, round and round; the URL's own when absent. */
  readonly paths?: readonly string[]
  readonly clients: number
  readonly seconds: number
}

/** @returns answers a second; throws when any answer was not a 2xx, since that measures nothing */
export async function requestsPerSecond(load: Load): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'byfly-load-'))
  try {
    const script = join(folder, 'load.lua')
    writeFileSync(script, luaOf(load))
    const { stdout } = await promisify(execFile)(WRK, [
      '--threads',
      '1',
      '--connections',
      String(load.clients),
      '--duration',
      `${load.seconds}s`,
      '--script',
      script,
      load.url,
    ])
    const failed = /Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)/.exec(stdout)
    if (failed !== null) throw new Error(`${load.url}: ${failed[0]}`)
    const rate = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]
    if (rate === undefined) throw new Error(`wrk: ${stdout}`)
    return Number(rate)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function luaOf({ method, headers = {}, body, paths }: Load): string {
  const lines = [`wrk.method = ${JSON.stringify(method)}`]
  for (const [name, value] of Object.entries(headers)) {
    lines.push(`wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`)
  }
  if (body !== undefined) lines.push(`wrk.body = [==[${body}]==]`)
  if (paths !== undefined) {
    lines.push(
      `local paths = {${paths.map((path) => JSON.stringify(path)).join(',')}}`,
      'local next = 0',
      'function request()',
      '  next = next % #paths + 1',
      '  return wrk.format(nil, paths[next])',
      'end',
    )
  }
  return `${lines.join('\n')}\n`
}
