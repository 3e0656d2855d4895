// Secrets that the environment names by a file, as Docker's secrets and systemd's credentials come; config.ts
// reads them with the rest. What a file holds must never be told in a fault.

import { readFileSync } from 'node:fs'

/** Each may be given as `NAME_FILE` instead: a path to a file that holds nothing else. */
const SECRETS = [
  'BYFLY_SECRET_KEY',
  'BYFLY_SECRET_KEY_OLD',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'DATABASE_REPLICA_URL',
  'BYFLY_SMSC_PASSWORD',
  'BYFLY_MOBIZON_KEY',
  'BYFLY_TELEGRAM_TOKEN',
]

const SECRET_LENGTH_MAX = 4096

/** The environment with what its files hold. Takes a sentence for each file that holds no secret. */
export function withSecretFiles(env: NodeJS.ProcessEnv, faults: string[]): NodeJS.ProcessEnv {
  const read: Record<string, string> = {}
  for (const name of SECRETS) {
    const variable = `${name}_FILE`
    const path = env[variable]?.trim() ?? ''
    if (path === '') continue
    const secret = readSecret(variable, path, faults)
    if ((env[name]?.trim() ?? '') !== '') faults.push(`${name} и ${variable}: нужно одно из двух`)
    else if (secret !== null) read[name] = secret
  }
  return { ...env, ...read }
}

function readSecret(variable: string, path: string, faults: string[]): string | null {
  try {
    const secret = readFileSync(path, 'utf8').trim()
    if (secret !== '' && secret.length <= SECRET_LENGTH_MAX) return secret
    faults.push(`${variable}: в файле ${path} нет секрета: он пуст или слишком велик`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    faults.push(`${variable}: файл ${path} не читается (${code})`)
  }
  return null
}
