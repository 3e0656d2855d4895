// `byfly terminal add | set | list | check`: terminals as an operator enters them.

import type { Config } from '../config.ts'
import { API_VERSIONS, TLS_MODES } from '../ports/provider.ts'
import type { TerminalChange, TerminalRow } from '../ports/terminal-store.ts'
import { parseDeviceAddress } from '../providers/device-address.ts'
import { checkTerminal } from '../terminals/check-terminal.ts'
import { say, sayTable } from './output.ts'
import { CommandError, parseNumber, withCentre } from './with-centre.ts'

export interface TerminalFlags {
  readonly tls?: string
  readonly api?: string
  readonly camera?: string
  readonly cameraId?: string
  readonly ownCheque?: boolean
}

export interface AddTerminalFlags extends TerminalFlags {
  readonly port?: string
}

export interface SetTerminalFlags extends TerminalFlags {
  readonly name?: string
  readonly enabled?: boolean
}

export function addTerminal(name: string, address: string, flags: AddTerminalFlags): Promise<void> {
  const port = flags.port === undefined ? null : parseNumber(flags.port, '--port')
  const device = parseDeviceAddress(address, port)
  if (device === null) {
    throw new CommandError(
      `Адрес «${address}» не похож на адрес терминала: 10.0.0.5, https://10.0.0.5`,
    )
  }
  return withCentre(async (centre, config) => {
    const terminal = {
      ...DEFAULTS,
      ...readFlags(flags, config),
      name,
      ipAddress: address,
      ...device,
    }
    const id = await centre.storage.terminals.add(terminal)
    say(`Терминал ${id} добавлен: ${device.scheme}://${device.host}:${device.port}`)
    if (terminal.cameraUrl === null) {
      say('Камеры нет: терминал берёт только платежи на месте (in_person).')
    }
    if (terminal.tls === 'insecure') say(INSECURE)
    say(`Проверить: byfly terminal check ${id}`)
    if (device.scheme === 'https') {
      say(`Если включена «Защита интеграции»: byfly terminal register ${id}`)
    }
  })
}

const DEFAULTS = {
  tls: 'strict',
  apiVersion: 'v2',
  cameraId: null,
  cameraUrl: null,
  ownCheque: false,
} as const

export function setTerminal(idText: string, flags: SetTerminalFlags): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async ({ storage }, config) => {
    const change: TerminalChange = {
      ...readFlags(flags, config),
      ...(flags.name === undefined ? {} : { name: flags.name }),
      ...(flags.enabled === undefined ? {} : { isActive: flags.enabled }),
    }
    if (Object.keys(change).length === 0) throw new CommandError('Что изменить? Помощь: --help')
    if (!(await storage.terminals.change(id, change))) throw noTerminal(id)
    say(`Терминал ${id} изменён.`)
    if (change.tls === 'insecure') say(INSECURE)
  })
}

const INSECURE =
  'Внимание: сертификат не проверяется, подменить такой терминал может любой в этой сети.'

/** Only the flags that were given. */
function readFlags(flags: TerminalFlags, config: Config): TerminalChange {
  return {
    ...(flags.tls === undefined ? {} : { tls: oneOf(TLS_MODES, flags.tls, '--tls') }),
    ...(flags.api === undefined ? {} : { apiVersion: oneOf(API_VERSIONS, flags.api, '--api') }),
    ...(flags.ownCheque === undefined ? {} : { ownCheque: flags.ownCheque }),
    ...readCamera(flags, config.cameraBase),
  }
}

function oneOf<Word extends string>(words: readonly Word[], text: string, flag: string): Word {
  const word = words.find((known) => known === text)
  if (word === undefined) throw new CommandError(`${flag}: ${words.join(', ')}, а не «${text}»`)
  return word
}

/** A camera's own URL wins; its number alone builds one from the configured base (N6). */
function readCamera(flags: TerminalFlags, base: string | null): TerminalChange {
  const { camera: url } = flags
  if (url === undefined && flags.cameraId === undefined) return {}
  const cameraId = flags.cameraId === undefined ? null : parseNumber(flags.cameraId, '--camera-id')
  if (url === 'none') return { cameraId, cameraUrl: null }
  if (url !== undefined) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new CommandError('--camera: нужен адрес вида http://… или none')
    }
    return { cameraId, cameraUrl: url }
  }
  if (base === null) throw new CommandError('--camera-id: задайте BYFLY_CAMERA_BASE или --camera')
  return { cameraId, cameraUrl: `${base.replace(/\/+$/, '')}/${cameraId}` }
}

export function listTerminals(): Promise<void> {
  return withCentre(async ({ storage }) => {
    const terminals = await storage.terminals.list()
    if (terminals.length === 0)
      return say('Терминалов ещё нет: byfly terminal add «Касса 1» 10.0.0.5')
    sayTable(
      ['id', 'имя', 'адрес', 'защита', 'камера', 'чек', 'включён', 'что не так'],
      terminals.map((terminal) => [
        String(terminal.id),
        terminal.name,
        `${terminal.scheme}://${terminal.host}:${terminal.port} ${terminal.apiVersion}`,
        protectionOf(terminal),
        terminal.cameraUrl ?? '—',
        terminal.ownCheque ? 'касса' : 'терминал',
        terminal.isActive ? 'да' : 'нет',
        terminal.trouble === null ? '—' : TROUBLES[terminal.trouble],
      ]),
    )
  })
}

const TROUBLES: Readonly<Record<NonNullable<TerminalRow['trouble']>, string>> = {
  not_registered: 'нужна регистрация',
  certificate_changed: 'сменился сертификат',
}

function protectionOf({ scheme, tls, registeredName }: TerminalRow): string {
  const token = registeredName === null ? 'без токена' : 'токен'
  return scheme === 'http' ? `http, ${token}` : `${tls}, ${token}`
}

export function checkTerminalNow(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const check = await checkTerminal(centre, id)
    if (check === null) throw noTerminal(id)
    say(check.message)
    if (check.latencyMs !== null) say(`  отвечает за ${Math.round(check.latencyMs)} мс`)
    say(`  камера: ${{ ok: 'работает', failed: 'не отвечает', none: 'нет' }[check.camera]}`)
    if (!check.reachable || check.camera === 'failed') process.exitCode = 1
  })
}

export function noTerminal(id: number): CommandError {
  return new CommandError(`Терминала ${id} нет`)
}
