// `byfly terminal add | set | list | remove`: terminals as an operator enters them.

import { API_VERSIONS, TLS_MODES } from '../ports/provider.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import { addTerminal } from '../terminals/add-terminal.ts'
import { changeTerminal } from '../terminals/change-terminal.ts'
import { removeTerminal } from '../terminals/remove-terminal.ts'
import type { EntryFault, EntryFaults, TerminalEntry } from '../terminals/terminal-entry.ts'
import { shownCameraUrl } from '../terminals/terminal-facts.ts'
import { operator } from './operator.ts'
import { say, sayTable } from './output.ts'
import { CommandError, oneOf, parseNumber, withCentre } from './with-centre.ts'

export interface TerminalFlags {
  readonly port?: string
  readonly tls?: string
  readonly api?: string
  readonly camera?: string
  readonly cameraId?: string
  readonly country?: string
  readonly ownCheque?: boolean
}

export interface SetTerminalFlags extends TerminalFlags {
  readonly name?: string
  readonly address?: string
  readonly enabled?: boolean
}

export function addTerminalNow(name: string, address: string, flags: TerminalFlags): Promise<void> {
  const entry = { ...readFlags(flags), name: nameOf(name), ipAddress: address }
  return withCentre(async (centre) => {
    const outcome = await addTerminal(centre, operator(), entry)
    if (outcome.kind === 'faulty') throw mistake(outcome.faults)
    const { id, terminal } = outcome
    say(`Терминал ${id} добавлен: ${originOf(terminal)}`)
    if (terminal.cameraUrl === null) {
      say('Камеры нет: терминал берёт только платежи на месте (in_person).')
    }
    if (terminal.tls === 'insecure') say(INSECURE)
    say(`Проверить: byfly terminal check ${id}`)
    if (terminal.scheme === 'https') {
      say(`Если включена «Защита интеграции»: byfly terminal register ${id}`)
    }
  })
}

export function setTerminal(idText: string, flags: SetTerminalFlags): Promise<void> {
  const id = parseNumber(idText, 'id')
  const entry: TerminalEntry = {
    ...readFlags(flags),
    ...(flags.name === undefined ? {} : { name: nameOf(flags.name) }),
    ...(flags.address === undefined ? {} : { ipAddress: flags.address }),
    ...(flags.enabled === undefined ? {} : { isActive: flags.enabled }),
  }
  if (Object.keys(entry).length === 0) throw new CommandError('Что изменить? Помощь: --help')
  return withCentre(async (centre) => {
    const outcome = await changeTerminal(centre, operator(), id, entry)
    if (outcome.kind === 'not_found') throw noTerminal(id)
    if (outcome.kind === 'faulty') throw mistake(outcome.faults)
    say(`Терминал ${id} изменён.`)
    if (entry.tls === 'insecure') say(INSECURE)
  })
}

export function removeTerminalNow(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    if (!(await removeTerminal(centre, operator(), id))) throw noTerminal(id)
    say(`Терминал ${id} удалён. Начатое на нём доводится до конца.`)
  })
}

const INSECURE =
  'Внимание: сертификат не проверяется, подменить такой терминал может любой в этой сети.'

function nameOf(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 200) throw new CommandError('Имя: от 1 до 200 знаков')
  return name
}

/** Only the flags that were given. */
function readFlags(flags: TerminalFlags): TerminalEntry {
  const { api, camera, cameraId, country, ownCheque, port, tls } = flags
  return {
    ...(port === undefined ? {} : { port: parseNumber(port, '--port') }),
    ...(tls === undefined ? {} : { tls: oneOf(TLS_MODES, tls, '--tls') }),
    ...(api === undefined ? {} : { apiVersion: oneOf(API_VERSIONS, api, '--api') }),
    ...(country === undefined ? {} : { countryIso: country.toUpperCase() }),
    ...(ownCheque === undefined ? {} : { ownCheque }),
    ...(cameraId === undefined ? {} : { cameraId: parseNumber(cameraId, '--camera-id') }),
    ...(camera === undefined ? {} : { cameraUrl: camera === 'none' ? null : camera }),
  }
}

const FAULTS: Readonly<Record<EntryFault, string>> = {
  not_an_address: 'не похоже на адрес: 10.0.0.5, https://10.0.0.5, http://10.0.0.6:3000/qr/1',
  other_port: 'в адресе терминала назван другой порт',
  forbidden_address: 'эта сеть не для устройств: BYFLY_DEVICE_NETWORKS',
  no_camera_base: 'задайте BYFLY_CAMERA_BASE или --camera',
  unknown: 'центр такого не знает',
}

const FIELDS: Readonly<Record<string, string>> = {
  ip_address: 'Адрес',
  port: '--port',
  camera_url: '--camera',
  camera_id: '--camera-id',
  country_iso: '--country',
}

function mistake(faults: EntryFaults): CommandError {
  const lines = Object.entries(faults).map(
    ([field, fault]) => `${FIELDS[field] ?? field}: ${FAULTS[fault]}`,
  )
  return new CommandError(lines.join('\n'))
}

export function listTerminals(): Promise<void> {
  return withCentre(async ({ storage }) => {
    const terminals = await storage.terminals.list(operator().scope)
    if (terminals.length === 0)
      return say('Терминалов ещё нет: byfly terminal add «Касса 1» 10.0.0.5')
    sayTable(
      ['id', 'имя', 'адрес', 'защита', 'камера', 'чек', 'включён', 'что не так'],
      terminals.map((terminal) => [
        String(terminal.id),
        terminal.name,
        `${originOf(terminal)} ${terminal.apiVersion}`,
        protectionOf(terminal),
        shownCameraUrl(terminal.cameraUrl) ?? '—',
        terminal.ownCheque ? 'касса' : 'терминал',
        terminal.isActive ? 'да' : 'нет',
        wrongWith(terminal),
      ]),
    )
  })
}

const TROUBLES: Readonly<Record<NonNullable<TerminalView['trouble']>, string>> = {
  not_registered: 'нужна регистрация',
  certificate_changed: 'сменился сертификат',
}

function wrongWith({ takenOut, trouble }: TerminalView): string {
  const wrong = [
    ...(trouble === null ? [] : [TROUBLES[trouble]]),
    ...(takenOut === null ? [] : [`выведен из работы (${takenOut.by}): ${takenOut.reason}`]),
  ]
  return wrong.length === 0 ? '—' : wrong.join('; ')
}

function originOf({ host, port, scheme }: Pick<TerminalView, 'host' | 'port' | 'scheme'>): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function protectionOf({ scheme, tls, registeredName }: TerminalView): string {
  const token = registeredName === null ? 'без токена' : 'токен'
  return scheme === 'http' ? `http, ${token}` : `${tls}, ${token}`
}

export function noTerminal(id: number): CommandError {
  return new CommandError(`Терминала ${id} нет`)
}
