// The configuration of a machine, from the same files that an operator fills for a real one: what is tried
// here is what is given out. A name without a value is a fault, never an empty place.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const CONFIG_FOLDER = join(import.meta.dirname, '../../packaging/cluster')

/** Those that are filled from `machine.env`, in the words of `envsubst`. */
export const CONFIG_FILES = [
  'etcd.env',
  'patroni.yml',
  'pgbouncer.ini',
  'userlist.txt',
  'haproxy.cfg',
  'centre.env',
] as const
export type ConfigFile = (typeof CONFIG_FILES)[number]

export type Values = Readonly<Record<string, string>>

const PLACE = /\$\{([A-Z][A-Z0-9_]*)\}/g

/** @throws Error for a name that has no value */
export function filled(file: ConfigFile, values: Values): string {
  return readFileSync(join(CONFIG_FOLDER, file), 'utf8').replaceAll(PLACE, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${file}: нет значения ${name}`)
    return value
  })
}

export function namesIn(file: ConfigFile): string[] {
  const text = readFileSync(join(CONFIG_FOLDER, file), 'utf8')
  return [...text.matchAll(PLACE)].map(([, name = '']) => name)
}

/** A file of `NAME=value` lines, quoted or not, as systemd and the shell read them. */
export function readEnv(text: string): Values {
  const lines = text.matchAll(/^([A-Z][A-Z0-9_]*)=(?:"(.*)"|(.*))$/gm)
  return Object.fromEntries([...lines].map(([, name, quoted, plain]) => [name, quoted ?? plain]))
}
