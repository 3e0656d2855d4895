// `byfly qr-api`: connections to Kaspi QR API as an operator keeps them. Secrets come from files and never from
// the command line, where every account of the machine could read them.

import { readFile } from 'node:fs/promises'
import { BANK_FORMS, BANK_SCHEMES } from '../ports/provider.ts'
import {
  addConnection,
  type ConnectionFault,
  type ConnectionFaults,
  changeConnection,
  type QrConnectionEdit,
  removeConnection,
} from '../terminals/keep-connection.ts'
import {
  checkConnection,
  connectionSentence,
  registerConnection,
} from '../terminals/try-connection.ts'
import { TERMINAL_WORDS } from '../terminals/words/words.ts'
import { operator } from './operator.ts'
import { complain, say, sayTable } from './output.ts'
import { CommandError, oneOf, parseNumber, withCentre } from './with-centre.ts'

interface Flags {
  readonly name?: string
  readonly address?: string
  readonly scheme?: string
  readonly form?: string
  readonly tls?: string
  readonly tradePoint?: string
  readonly bin?: string
  readonly certificate?: string
  readonly key?: string
  readonly apiKeyFile?: string
  readonly passphraseFile?: string
  readonly country?: string
  readonly enabled?: boolean
}

export async function addConnectionNow(name: string, address: string, flags: Flags): Promise<void> {
  const edit = await editOf(flags)
  const entry = {
    countryIso: 'KZ',
    tls: 'strict',
    form: 'qr',
    isActive: true,
    certificateFile: null,
    keyFile: null,
    organizationBin: null,
    apiKey: null,
    passphrase: null,
    ...edit,
    name: nameOf(name),
    address,
    bankScheme: oneOf(BANK_SCHEMES, flags.scheme ?? '', '--scheme'),
    tradePointId: numberOf(flags.tradePoint ?? ''),
  } as const
  return withCentre(async (centre) => {
    const outcome = await addConnection(centre, operator(), entry)
    if (outcome.kind === 'faulty') throw mistake(outcome.faults)
    if (outcome.kind === 'not_found') return
    say(`Подключение ${outcome.id} добавлено. Дальше: byfly qr-api register ${outcome.id}`)
  })
}

export async function setConnectionNow(idText: string, flags: Flags): Promise<void> {
  const id = parseNumber(idText, 'id')
  const edit = await editOf(flags)
  if (Object.keys(edit).length === 0) throw new CommandError('Что изменить? Помощь: --help')
  return withCentre(async (centre) => {
    const outcome = await changeConnection(centre, operator(), id, edit)
    if (outcome.kind === 'not_found') throw noConnection(id)
    if (outcome.kind === 'faulty') throw mistake(outcome.faults)
    say(`Подключение ${id} изменено.`)
  })
}

export function listConnectionsNow(): Promise<void> {
  return withCentre(async ({ storage }) => {
    const views = await storage.qrConnections.list()
    if (views.length === 0) return say('Подключений ещё нет: byfly qr-api add --help')
    sayTable(
      [
        'id',
        'имя',
        'адрес',
        'схема',
        'выдаёт',
        'точка',
        'включено',
        'зарегистрировано',
        'что не так',
      ],
      views.map((view) => [
        String(view.id),
        view.name,
        `${view.scheme}://${view.host}:${view.port}`,
        view.bankScheme,
        view.form === 'qr' ? 'QR' : 'ссылку',
        view.tradePointId,
        view.isActive ? 'да' : 'нет',
        view.deviceId === null ? 'нет' : 'да',
        view.trouble === null ? '—' : TROUBLES[view.trouble],
      ]),
    )
  })
}

const TROUBLES = {
  not_registered: 'банк не пускает центр',
  certificate_changed: 'сменился сертификат банка',
} as const

export function checkConnectionNow(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const check = await checkConnection(centre, id)
    if (check === null) throw noConnection(id)
    const sentence = connectionSentence(check, TERMINAL_WORDS.ru)
    if (check.finding === 'well') return say(sentence)
    complain(sentence)
    process.exitCode = 1
  })
}

export function registerConnectionNow(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const outcome = await registerConnection(centre, operator(), id)
    if (outcome === 'not_found') throw noConnection(id)
    if (outcome === 'in_progress') throw new CommandError('Регистрация уже идёт')
    const sentence = TERMINAL_WORDS.ru.bank.registration[outcome]
    if (outcome === 'registered') return say(sentence)
    complain(sentence)
    process.exitCode = 1
  })
}

export function removeConnectionNow(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    if (!(await removeConnection(centre, operator(), id))) throw noConnection(id)
    say(`Подключение ${id} удалено. Начатое доводится до конца.`)
  })
}

/** Only the flags that were given. */
async function editOf(flags: Flags): Promise<QrConnectionEdit> {
  const { address, bin, certificate, country, enabled, form, key, name, scheme, tls } = flags
  if (bin !== undefined && !/^[0-9]{12}$/.test(bin)) throw new CommandError('--bin: 12 цифр')
  return {
    ...(name === undefined ? {} : { name: nameOf(name) }),
    ...(address === undefined ? {} : { address }),
    ...(scheme === undefined ? {} : { bankScheme: oneOf(BANK_SCHEMES, scheme, '--scheme') }),
    ...(form === undefined ? {} : { form: oneOf(BANK_FORMS, form, '--form') }),
    ...(tls === undefined ? {} : { tls: oneOf(['strict', 'pinned'] as const, tls, '--tls') }),
    ...(flags.tradePoint === undefined ? {} : { tradePointId: numberOf(flags.tradePoint) }),
    ...(bin === undefined ? {} : { organizationBin: bin }),
    ...(certificate === undefined ? {} : { certificateFile: fileOf(certificate, '--certificate') }),
    ...(key === undefined ? {} : { keyFile: fileOf(key, '--key') }),
    ...(country === undefined ? {} : { countryIso: country.toUpperCase() }),
    ...(enabled === undefined ? {} : { isActive: enabled }),
    ...(flags.apiKeyFile === undefined ? {} : { apiKey: await secretIn(flags.apiKeyFile) }),
    ...(flags.passphraseFile === undefined
      ? {}
      : { passphrase: await secretIn(flags.passphraseFile) }),
  }
}

function nameOf(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 200) throw new CommandError('Имя: от 1 до 200 знаков')
  return name
}

function numberOf(text: string): string {
  if (!/^[0-9]{1,18}$/.test(text)) throw new CommandError('--trade-point: номер из цифр')
  return text
}

function fileOf(text: string, flag: string): string {
  if (/^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/.test(text)) return text
  throw new CommandError(`${flag}: имя файла в папке BYFLY_BANK_CERTIFICATES, без пути`)
}

async function secretIn(path: string): Promise<string> {
  const text = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (text === '' || text.length > 500) {
    throw new CommandError(`${path}: нужен файл с одной непустой строкой`)
  }
  return text
}

const FAULTS: Readonly<Record<ConnectionFault, string>> = {
  not_an_address: 'не похоже на адрес сервера',
  forbidden_address: 'эта сеть не для устройств: BYFLY_DEVICE_NETWORKS',
  needs_https: 'нужен адрес с https',
  unknown_country: 'центр такой страны не знает',
  needed: 'этой схеме без него нельзя',
}

const FIELDS: Readonly<Record<string, string>> = {
  address: 'Адрес',
  countryIso: '--country',
  apiKey: '--api-key-file',
  certificateFile: '--certificate',
  organizationBin: '--bin',
}

function mistake(faults: ConnectionFaults): CommandError {
  const lines = Object.entries(faults).map(
    ([field, fault]) => `${FIELDS[field] ?? field}: ${FAULTS[fault]}`,
  )
  return new CommandError(lines.join('\n'))
}

function noConnection(id: number): CommandError {
  return new CommandError(`Подключения ${id} нет`)
}
