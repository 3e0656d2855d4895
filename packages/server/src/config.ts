// The only reader of the environment. Everything is checked at the start, and all faults are named
// at once, so that an operator mends the configuration in one go.

import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { readChannelSettings } from './channel-settings.ts'
import type { ChannelSettings } from './ports/alert-channel.ts'
import type { TlsSettings } from './ports/certificate.ts'
import { OperatorError } from './ports/operator-error.ts'
import type { GatewayUrls, TextSettings } from './ports/text-sender.ts'
import { withSecretFiles } from './secret-files.ts'
import { readGatewayUrls, readTextSettings } from './text-settings.ts'
import { readTlsSettings } from './tls-settings.ts'

export type Mode = 'demo' | 'production'

export interface Config {
  readonly mode: Mode
  readonly host: string
  readonly port: number
  /** Null where the centre speaks plain HTTP. */
  readonly tls: TlsSettings | null
  /** An outside PostgreSQL, or null for the embedded one. */
  readonly databaseUrl: string | null
  /** The role that owns the schema; the same as `databaseUrl` when not given. */
  readonly databaseOwnerUrl: string | null
  /** A standby that lists and exports are read from; null to read them where all else is read. */
  readonly databaseReplicaUrl: string | null
  readonly dataDir: string
  /** Base of the addresses given out; null for the address the centre listens on. */
  readonly publicUrl: string | null
  /** Null for a key of its own kept in the data folder. */
  readonly secretKey: string | null
  /** Opens what is still sealed under it while `byfly secrets rotate` has work; null otherwise. */
  readonly formerSecretKey: string | null
  readonly zone: string
  /** Null: customers are never forgotten by the clock. */
  readonly forgetCustomersAfterDays: number | null
  /** The first super admin, in E.164 (L3); null when the command line is to name one. */
  readonly adminPhone: string | null
  readonly sms: TextSettings
  readonly gateways: GatewayUrls
  readonly channels: ChannelSettings
  readonly trustedHops: number
  /** How long, once told to stop, it says that it is not ready and serves whoever still comes. */
  readonly drainMs: number
  readonly deviceNetworks: readonly string[]
  readonly webhookNetworks: readonly string[]
  readonly cameraBase: string | null
  /** How many whole months after its end a month may be archived. */
  readonly archiveAfterMonths: number
  /** Where the files of certificates lie that the centre shows to banks. */
  readonly bankCertificatesDir: string
  readonly logLevel: string
  /** Who has it may read the metrics; null: whoever calls from this machine. */
  readonly metricsToken: string | null
  /** The collector of traces, by the names that OpenTelemetry gives these; null: nothing is traced. */
  readonly traces: { readonly endpoint: string; readonly serviceName: string } | null
}

/** All that is wrong with the configuration, a line each. */
export class ConfigError extends OperatorError {
  override readonly name = 'ConfigError'

  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`Настройки с ошибками:\n${faults.map((fault) => `  • ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

const LOOPBACK = ['127.0.0.0/8', '::1/128']

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = []
  const given = withSecretFiles(env, faults)
  const text = (name: string): string | null => {
    const value = given[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  const databaseUrl = readUrl(text, 'DATABASE_URL', ['postgres:', 'postgresql:'], faults)
  const mode = readMode(text('BYFLY_MODE'), databaseUrl, faults)
  const demoNetworks = mode === 'demo' ? LOOPBACK : []
  const dataDir = resolve(text('BYFLY_DATA_DIR') ?? './data')
  const publicUrl =
    readUrl(text, 'BYFLY_PUBLIC_URL', ['https:', 'http:'], faults)?.replace(/\/+$/, '') ?? null
  const texts = {
    text,
    url: (name: string) => readUrl(text, name, ['https:', 'http:'], faults),
    faults,
    dataDir,
    isDemo: mode === 'demo',
  }
  const gateways = readGatewayUrls(texts)
  const config: Config = {
    mode,
    host: text('HOST') ?? (mode === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    port: readWhole(text, 'PORT', 3000, 0, 65_535, faults),
    tls: readTlsSettings({
      text,
      port: (name) => (text(name) === null ? null : readWhole(text, name, 0, 0, 65_535, faults)),
      publicUrl,
      faults,
    }),
    databaseUrl,
    databaseOwnerUrl: readUrl(text, 'DATABASE_OWNER_URL', ['postgres:', 'postgresql:'], faults),
    dataDir,
    bankCertificatesDir: resolve(
      text('BYFLY_BANK_CERTIFICATES') ?? join(dataDir, 'bank-certificates'),
    ),
    databaseReplicaUrl: readUrl(text, 'DATABASE_REPLICA_URL', ['postgres:', 'postgresql:'], faults),
    publicUrl,
    secretKey: readSecretKey(text('BYFLY_SECRET_KEY'), mode, databaseUrl, faults),
    formerSecretKey: readFormerSecretKey(text, faults),
    zone: readZone(text('BYFLY_TIMEZONE') ?? 'Asia/Almaty', faults),
    forgetCustomersAfterDays:
      text('BYFLY_FORGET_CUSTOMERS_AFTER_DAYS') === null
        ? null
        : readWhole(text, 'BYFLY_FORGET_CUSTOMERS_AFTER_DAYS', 1, 1, 36_500, faults),
    adminPhone: readPhone(text, 'BYFLY_ADMIN_PHONE', faults),
    sms: readTextSettings(texts, gateways),
    gateways,
    channels: readChannelSettings(texts),
    trustedHops: readWhole(text, 'BYFLY_TRUSTED_HOPS', 0, 0, 10, faults),
    drainMs: readWhole(text, 'BYFLY_DRAIN_MS', 0, 0, 60_000, faults),
    deviceNetworks: [...readNetworks(text, 'BYFLY_DEVICE_NETWORKS', faults), ...demoNetworks],
    webhookNetworks: [...readNetworks(text, 'BYFLY_WEBHOOK_NETWORKS', faults), ...demoNetworks],
    cameraBase: readUrl(text, 'BYFLY_CAMERA_BASE', ['https:', 'http:'], faults),
    archiveAfterMonths: readWhole(text, 'BYFLY_ARCHIVE_AFTER_MONTHS', 13, 1, 120, faults),
    metricsToken: readMetricsToken(text('BYFLY_METRICS_TOKEN'), faults),
    traces: readTraces(text, faults),
    // A newcomer reads what is said to people; lines for machines would bury it.
    logLevel: text('BYFLY_LOG_LEVEL') ?? (mode === 'demo' ? 'warn' : 'info'),
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

type ReadText = (name: string) => string | null

/** Nothing configured means: show it. Any real setting means: this is meant seriously. */
function readMode(value: string | null, databaseUrl: string | null, faults: string[]): Mode {
  if (value === 'demo' || value === 'production') return value
  if (value !== null) faults.push('BYFLY_MODE: demo или production')
  return databaseUrl === null ? 'demo' : 'production'
}

function readUrl(text: ReadText, name: string, protocols: string[], faults: string[]) {
  const value = text(name)
  if (value === null) return null
  const isGood = URL.canParse(value) && protocols.includes(new URL(value).protocol)
  if (!isGood) faults.push(`${name}: адрес вида ${protocols[0]}//…`)
  return value
}

function readWhole(
  text: ReadText,
  name: string,
  fallback: number,
  least: number,
  most: number,
  faults: string[],
): number {
  const value = text(name)
  if (value === null) return fallback
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (number >= least && number <= most) return number
  faults.push(`${name}: целое число от ${least} до ${most}`)
  return fallback
}

function readSecretKey(
  value: string | null,
  mode: Mode,
  databaseUrl: string | null,
  faults: string[],
): string | null {
  if (value !== null && value.length < 32) {
    faults.push('BYFLY_SECRET_KEY: не короче 32 знаков, например вывод openssl rand -base64 32')
  }
  // Several machines may share this database, and all must open what one has sealed.
  if (value === null && mode === 'production' && databaseUrl !== null) {
    faults.push('BYFLY_SECRET_KEY: нужен вместе с DATABASE_URL, один и тот же на всех машинах')
  }
  return value
}

function readMetricsToken(value: string | null, faults: string[]): string | null {
  if (value !== null && !/^[\x21-\x7e]{16,200}$/.test(value)) {
    faults.push('BYFLY_METRICS_TOKEN: от 16 до 200 знаков без пробелов')
  }
  return value
}

function readFormerSecretKey(text: ReadText, faults: string[]): string | null {
  const value = text('BYFLY_SECRET_KEY_OLD')
  if (value === null) return null
  if (text('BYFLY_SECRET_KEY') === null) {
    faults.push('BYFLY_SECRET_KEY_OLD: только вместе с новым ключом в BYFLY_SECRET_KEY')
  } else if (value === text('BYFLY_SECRET_KEY')) {
    faults.push('BYFLY_SECRET_KEY_OLD: это прежний ключ, а задан тот же, что в BYFLY_SECRET_KEY')
  }
  return value
}

function readTraces(text: ReadText, faults: string[]): Config['traces'] {
  const endpoint = readUrl(text, 'OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:'], faults)
  const serviceName = text('OTEL_SERVICE_NAME') ?? 'byfly-pay'
  return endpoint === null ? null : { endpoint, serviceName }
}

function readPhone(text: ReadText, name: string, faults: string[]): string | null {
  const phone = text(name)?.replace(/[\s()-]/g, '') ?? null
  if (phone !== null && !/^\+[1-9]\d{6,14}$/.test(phone)) {
    faults.push(`${name}: телефон вида +77001234567`)
  }
  return phone
}

function readZone(zone: string, faults: string[]): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    faults.push('BYFLY_TIMEZONE: имя часового пояса, например Asia/Almaty')
  }
  return zone
}

function readNetworks(text: ReadText, name: string, faults: string[]): string[] {
  const networks = (text(name) ?? '').split(/[\s,]+/).filter((network) => network !== '')
  for (const network of networks) {
    if (!isNetwork(network)) faults.push(`${name}: «${network}» не сеть вида 10.0.0.0/8`)
  }
  return networks
}

function isNetwork(network: string): boolean {
  const [address = '', bits = '', ...rest] = network.split('/')
  const version = isIP(address)
  const width = version === 4 ? 32 : 128
  return version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= width
}
