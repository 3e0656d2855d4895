// Logging in by SMS for tests: a centre whose sender writes a file, and that file read as a phone is.

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer, TestCentre, TestCentreOptions } from './centre.ts'
import { client, startTestCentre } from './centre.ts'
import { newScratchFolder } from './scratch-folder.ts'
import { until } from './until.ts'

export interface LoginCentre extends TestCentre {
  /** For another instance beside this one: its SMS go to the same file. */
  readonly env: Readonly<Record<string, string>>
  /** As an outsider at an address of their own would call. */
  from(address: string): (path: string, body?: unknown) => Promise<Answer>
  /** Texts that reached the phone, the newest last. */
  textsTo(phone: string): string[]
  /** Asks for a code and reads it off the phone. */
  codeFor(phone: string): Promise<string>
  /** As if the minute between two codes were over. */
  letResend(phone: string): Promise<void>
  login(phone: string, more?: object): Promise<Answer>
}

let lastAddress = 0

/** Nobody shares a budget with a test that did not mean it. */
export function freshAddress(): string {
  lastAddress += 1
  return `10.${(lastAddress >> 16) & 255}.${(lastAddress >> 8) & 255}.${lastAddress & 255}`
}

export async function startLoginCentre(options: TestCentreOptions = {}): Promise<LoginCentre> {
  const folder = newScratchFolder('login')
  const env = {
    BYFLY_SMS: 'file',
    BYFLY_DATA_DIR: folder,
    BYFLY_TRUSTED_HOPS: '1',
    ...options.env,
  }
  const centre = await startTestCentre({ terminals: 1, ...options, env })
  const path = join(folder, 'sms.ndjson')
  const { call } = client(centre.url, '')
  const from: LoginCentre['from'] = (address) => (route, body) =>
    call('POST', `/api/auth/${route}`, body, { 'X-Forwarded-For': address })
  const textsTo = (phone: string): string[] => {
    const written = existsSync(path) ? readFileSync(path, 'utf8') : ''
    // What follows the last end of a line is still being written.
    const lines = written.split('\n').slice(0, -1)
    return lines
      .map((line) => JSON.parse(line))
      .filter(({ to }) => to === phone)
      .map(({ text }) => text)
  }
  const codeFor = async (phone: string): Promise<string> => {
    const before = textsTo(phone).length
    const answer = await from(freshAddress())('send-code', { phone })
    if (answer.status !== 200) throw new Error(`send-code: ${answer.text}`)
    await until(() => textsTo(phone).length > before)
    return /\d{6}/.exec(textsTo(phone).at(-1) ?? '')?.[0] ?? ''
  }
  const letResend = async (phone: string): Promise<void> => {
    await centre.sql(
      `UPDATE login_phones SET sent_at = sent_at - interval '61 seconds' WHERE phone_key = $1`,
      [centre.running.centre.loginSecrets.phoneKey(phone)],
    )
  }
  return {
    ...centre,
    env,
    from,
    textsTo,
    codeFor,
    letResend,
    async login(phone, more = {}) {
      await letResend(phone)
      return from(freshAddress())('verify', { phone, code: await codeFor(phone), ...more })
    },
    async stop() {
      await centre.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
