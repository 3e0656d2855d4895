// The command line of the simulator as options to start it with. What it does not understand it
// refuses, naming the flag.
import { parseArgs } from 'node:util'
import { CAMERA_FORMS } from './camera/camera.ts'
import type { SimulatorOptions } from './simulator.ts'
import { API_SUPPORTS } from './terminal/api-version.ts'
import { CANCEL_MODES } from './terminal/calls.ts'
import { PERMISSION_MODES } from './terminal/permission.ts'
import type { TerminalOptions } from './terminal/terminal-options.ts'
import { readTiming } from './timing.ts'

export const USAGE = `node packages/simulator/src/main.ts
  --port 4100                       control and camera server (0: any free port)
  --terminals 3                     how many terminals
  --terminal-ports 4101,4102,4103   their ports in order (any free port unless given)
  --timing '{"initializeMs":100}'   durations other than the realistic ones
  --seed 7                          the same seed gives the same QR codes
  --journal FILE                    keeps what was paid between starts

Of all terminals:
  --https                           HTTPS with a self-signed certificate
  --protection                      calls need a token

One word, or several in order that are repeated over the terminals:
  --cameras png      ${CAMERA_FORMS.slice(0, 7).join(', ')},
                     ${CAMERA_FORMS.slice(7).join(', ')}
  --api v2           ${API_SUPPORTS.join(', ')}
  --permission allow ${PERMISSION_MODES.join(', ')}: whether a registration waits for a tap
  --cancel works     ${CANCEL_MODES.join(', ')}
`

export class UsageError extends Error {}

const MAX_TERMINALS = 1_000
const MAX_PORT = 65_535

const FLAGS = {
  port: { type: 'string', default: '4100' },
  terminals: { type: 'string', default: '3' },
  'terminal-ports': { type: 'string', default: '' },
  timing: { type: 'string', default: '{}' },
  seed: { type: 'string' },
  journal: { type: 'string' },
  https: { type: 'boolean', default: false },
  protection: { type: 'boolean', default: false },
  cameras: { type: 'string', default: 'png' },
  api: { type: 'string', default: 'v2' },
  permission: { type: 'string', default: 'allow' },
  cancel: { type: 'string', default: 'works' },
} as const

type Flags = ReturnType<typeof parseFlags>

/** Throws `UsageError`, or `TypeError` for a flag that does not exist. */
export function readCommandLine(args: readonly string[]): SimulatorOptions {
  const flags = parseFlags(args)
  return {
    port: whole(flags.port, 'port', MAX_PORT),
    terminals: readTerminals(flags),
    timing: readTiming(JSON.parse(flags.timing)),
    ...(flags.seed === undefined ? {} : { seed: whole(flags.seed, 'seed', 2 ** 32) }),
    ...(flags.journal === undefined ? {} : { journalPath: flags.journal }),
  }
}

function parseFlags(args: readonly string[]) {
  return parseArgs({ args: [...args], options: FLAGS }).values
}

function readTerminals(flags: Flags): readonly TerminalOptions[] {
  const length = whole(flags.terminals, 'terminals', MAX_TERMINALS)
  const ports = flags['terminal-ports'].split(',').filter((text) => text !== '')
  const camera = repeated('cameras', flags.cameras, CAMERA_FORMS)
  const api = repeated('api', flags.api, API_SUPPORTS)
  const permission = repeated('permission', flags.permission, PERMISSION_MODES)
  const cancel = repeated('cancel', flags.cancel, CANCEL_MODES)
  return Array.from({ length }, (_, index) => ({
    port: whole(ports[index] ?? '0', 'terminal-ports', MAX_PORT),
    protection: flags.protection,
    ...(flags.https ? { https: {} } : {}),
    camera: camera(index),
    api: api(index),
    permission: permission(index),
    cancel: cancel(index),
  }))
}

/** The words of a list by the terminal's index, from the beginning again when they run out. */
function repeated<Word extends string>(flag: string, list: string, words: readonly Word[]) {
  const chosen = list.split(',').map((text) => {
    const word = words.find((known) => known === text)
    if (word === undefined)
      throw new UsageError(`--${flag}: ${text} is none of ${words.join(', ')}`)
    return word
  })
  return (index: number): Word => {
    const word = chosen[index % chosen.length]
    if (word === undefined) throw new UsageError(`--${flag}: empty`)
    return word
  }
}

function whole(text: string, flag: string, max: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > max) throw new UsageError(`--${flag}: ${text} is no number`)
  return value
}
