// The composition root: the only place that knows every part and wires them. It decides nothing
// about payments.

import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import type { DestinationStream, Logger } from 'pino'
import { ensureFirstAdmin } from './accounts/first-admin.ts'
import { recentAccounts } from './accounts/recent-accounts.ts'
import { monthFolder } from './archives/month-folder.ts'
import { openChannels } from './channels/all-channels.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { openExportThreads } from './exports/export-threads.ts'
import { openFormerBooks } from './former-books/open-books.ts'
import { buildApp } from './http/app.ts'
import type { HttpLimits } from './http/limits.ts'
import { currentRequest } from './http/request-scope.ts'
import { startAlertWorker } from './jobs/alert-worker.ts'
import { AttemptWorker } from './jobs/attempt-worker.ts'
import { type ServedCertificate, startCertificateWorker } from './jobs/certificate-worker.ts'
import { startDeliveryWorker } from './jobs/delivery-worker.ts'
import { ExchangeRecorder } from './jobs/exchange-recorder.ts'
import { SightRecorder } from './jobs/sight-recorder.ts'
import { startTextWorker } from './jobs/text-worker.ts'
import { startTimetable } from './jobs/timetable.ts'
import { listen } from './listening.ts'
import { openLoginSecrets } from './login-secrets.ts'
import { textSenders } from './notices/text-senders.ts'
import { keepBooksAlive } from './payments/doubt-books.ts'
import { adoptFigureZone } from './payments/fold-figures.ts'
import { recentFormerIds } from './payments/recent-former-ids.ts'
import { recentStandings } from './payments/recent-standings.ts'
import type { ArchiveFolder } from './ports/archive-folder.ts'
import { type Centre, DEFAULT_LIMITS, type Limits } from './ports/centre.ts'
import type { Exposition } from './ports/meter.ts'
import type { MonthStore } from './ports/month-store.ts'
import type { TextSettings } from './ports/text-sender.ts'
import { openProviders, type ProviderParts } from './providers/all-providers.ts'
import { deviceAddresses } from './providers/device-addresses.ts'
import { createDeviceNetworks } from './providers/device-networks.ts'
import { systemRandom } from './random.ts'
import { keptSecretKey } from './secret-key.ts'
import { openTextSender } from './sms/all-senders.ts'
import type { GatewayLimits } from './sms/gateway.ts'
import { openStaffTokens } from './staff-tokens.ts'
import { createStatementReader } from './statements/statement-reader.ts'
import { joinEmbeddedDatabase } from './storage/embedded/join-embedded-database.ts'
import { openEmbeddedDatabase } from './storage/embedded/open-embedded-database.ts'
import { migrate } from './storage/migrate.ts'
import { openMonths } from './storage/months.ts'
import { openStorage } from './storage/open.ts'
import { openLog } from './telemetry/log.ts'
import { openTelemetry } from './telemetry/open-telemetry.ts'
import { withGateway } from './text-settings.ts'
import { readCertificate, readRenewed } from './tls/certificate-files.ts'
import { openVault } from './vault.ts'
import { createWebhookSender } from './webhooks/call-endpoint.ts'

/** Books of an earlier centre; whoever opens them closes them. */
export { openFormerBooks }

const EXPORT_THREAD = new URL('./export-thread.ts', import.meta.url)

/** Where the database is, and how to let go of it. */
export interface Database {
  readonly url: string
  readonly ownerUrl: string
  stop(): Promise<void>
}

/** Parts that tests replace; everything else is always the real thing. */
export interface Overrides {
  readonly limits?: Partial<Limits>
  readonly provider?: Pick<ProviderParts, 'limits' | 'cameraLimits' | 'qrApiLimits'>
  readonly http?: Partial<HttpLimits>
  readonly sms?: Partial<GatewayLimits>
  /** Stands between the middle and its ports, to see them pass or to break them. */
  readonly wrap?: (centre: Centre) => Centre
}

export interface OpenCentre {
  readonly centre: Centre
  readonly isReady: () => Promise<boolean>
  readonly attempts: AttemptWorker
  readonly exchanges: ExchangeRecorder
  readonly sights: SightRecorder
  /** Begins to keep what monitoring reads; once. */
  expose(): () => Promise<Exposition>
  close(): Promise<void>
}

export function createLog({ logLevel: level }: Config, to?: DestinationStream): Logger {
  return openLog({ level, request: currentRequest, ...(to === undefined ? {} : { to }) })
}

/** Opens the configured database, or the embedded one, with this release's schema. */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  const { databaseUrl, dataDir } = config
  if (databaseUrl === null) {
    const embedded = await openEmbeddedDatabase({ dataDir, log })
    await migrate({ ownerUrl: embedded.ownerUrl, appRole: roleOf(embedded.url), log })
    return embedded
  }
  const ownerUrl = config.databaseOwnerUrl ?? databaseUrl
  const appRole = roleOf(databaseUrl)
  await migrate({ ownerUrl, log, ...(ownerUrl === databaseUrl ? {} : { appRole }) })
  return { url: databaseUrl, ownerUrl, stop: async () => {} }
}

/** For one command: works beside a running centre, or opens the database for itself. */
export async function joinDatabase(config: Config, log: Logger): Promise<Database> {
  if (config.databaseUrl !== null) return openDatabase(config, log)
  const embedded = await joinEmbeddedDatabase({ dataDir: config.dataDir, log })
  await migrate({ ownerUrl: embedded.ownerUrl, appRole: roleOf(embedded.url), log })
  return embedded
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username)
}

export interface OpenedArchive {
  readonly months: MonthStore
  folderAt(path: string): ArchiveFolder
  close(): Promise<void>
}

/** For the commands that move closed months out of the database and back. */
export function openArchive({ ownerUrl }: Database): OpenedArchive {
  return { ...openMonths(ownerUrl), folderAt: monthFolder }
}

/** Wires a centre over a migrated database. Its workers and its HTTP are started by the caller. */
export async function openCentre(
  config: Config,
  database: Database,
  log: Logger,
  publicUrl: () => string,
  overrides: Overrides = {},
): Promise<OpenCentre> {
  const secretKey = config.secretKey ?? (await keptSecretKey(config.dataDir, systemRandom))
  const vault = openVault(secretKey, config.formerSecretKey, systemRandom)
  const limits = { ...DEFAULT_LIMITS, ...overrides.limits }
  const telemetry = await openTelemetry({ clock: systemClock, log, traces: config.traces })
  const { meter, tracer } = telemetry
  const opened = openStorage({
    url: database.url,
    replicaUrl: config.databaseReplicaUrl,
    log,
    meter,
    vault,
    leaseMs: limits.leaseMs,
  })
  const networks = createDeviceNetworks({
    allowed: config.deviceNetworks,
    refusedPorts: [portOf(database.url)],
  })
  const providers = openProviders({
    log,
    clock: systemClock,
    random: systemRandom,
    networks,
    certificatesDir: config.bankCertificatesDir,
    zone: config.zone,
    ...overrides.provider,
  })
  const webhooks = createWebhookSender({
    networks: config.webhookNetworks,
    clock: systemClock,
    log,
  })
  const exporter = openExportThreads({
    thread: EXPORT_THREAD,
    url: config.databaseReplicaUrl ?? database.url,
    log,
  })
  const openSender = (settings: TextSettings) =>
    openTextSender(settings, {
      now: systemClock.now,
      print: (line) => process.stdout.write(`${line}\n`),
      ...(overrides.sms === undefined ? {} : { limits: overrides.sms }),
    })
  const attempts = new AttemptWorker()
  const exchanges = new ExchangeRecorder()
  const sights = new SightRecorder()
  const wired: Centre = {
    instance: randomUUID(),
    storage: {
      ...opened.storage,
      accounts: recentAccounts(opened.storage.accounts, systemClock),
      formerIds: recentFormerIds(opened.storage.formerIds, systemClock),
      payments: recentStandings(opened.storage.payments, opened.notices, systemClock),
    },
    notices: opened.notices,
    providers,
    addresses: deviceAddresses(networks, config.cameraBase),
    webhooks,
    vault,
    staffTokens: openStaffTokens(secretKey, systemClock),
    loginSecrets: openLoginSecrets(secretKey, systemRandom),
    textSenders: textSenders({
      started: openSender(config.sms),
      kept: opened.storage.texts.settings,
      open: (kept) => openSender(withGateway(kept, config.gateways)),
    }),
    channels: openChannels(config.channels),
    clock: systemClock,
    random: systemRandom,
    log,
    meter,
    tracer,
    limits,
    watchers: attempts,
    exchanges,
    sights,
    exporter,
    statements: createStatementReader(),
    zone: config.zone,
    forgetCustomersAfterDays: config.forgetCustomersAfterDays,
    publicUrl,
  }
  return {
    centre: overrides.wrap?.(wired) ?? wired,
    isReady: opened.isReady,
    attempts,
    exchanges,
    sights,
    expose: () => telemetry.expose(opened),
    async close() {
      await exporter.close()
      await webhooks.close()
      await providers.close()
      await opened.close()
      await telemetry.close()
    },
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port || 5432)
}

export interface RunningCentre {
  readonly url: string
  readonly centre: Centre
  /** Looks at the files of the certificate at once; null without TLS of its own. */
  readonly reloadCertificate: (() => void) | null
  /** Lets balancers turn away and running calls end, gives every lease back, closes everything. */
  stop(): Promise<void>
}

/** A whole centre: database, workers, HTTP. `demo` is what a demonstration adds; nothing else has it. */
export async function startCentre(
  config: Config,
  database: Database,
  log: Logger,
  overrides: Overrides = {},
  demo: FastifyPluginAsync | null = null,
): Promise<RunningCentre> {
  let url = config.publicUrl ?? ''
  // Before anything is opened: a faulty file is the operator's to mend.
  const own = ownCertificate(config)
  const opened = await openCentre(config, database, log, () => url, overrides)
  const { centre, attempts, exchanges, sights } = opened
  if ((await centre.textSenders.inUse()).name === 'none') {
    log.warn('SMS не настроены, войти нельзя: выберите шлюз в консоли или задайте BYFLY_SMS')
  }
  if (config.adminPhone !== null) await ensureFirstAdmin(centre, config.adminPhone)
  await centre.storage.terminals.sealCameraLogins()
  await adoptFigureZone(centre)
  // Before any watcher: in books of an earlier moment `reserved` proves nothing.
  await keepBooksAlive(centre)
  let isDraining = false
  const app = buildApp(centre, {
    isReady: async () => !isDraining && (await opened.isReady()),
    isDraining: () => isDraining,
    trustedHops: config.trustedHops,
    plainCookies: config.mode === 'demo',
    certificate: own?.first ?? null,
    metrics: {
      scrape: opened.expose(),
      token: config.metricsToken,
      isProxied: config.trustedHops > 0,
    },
    limits: overrides.http ?? {},
    demo: config.mode === 'demo' ? demo : null,
  })
  const listening = await listen(app, config, () => url).catch(async (error: unknown) => {
    await app.close()
    await opened.close()
    throw error
  })
  if (url === '') url = listening.url
  attempts.start(centre)
  exchanges.start(centre)
  sights.start(centre)
  const workers = [
    attempts,
    startDeliveryWorker(centre),
    startTextWorker(centre),
    startAlertWorker(centre),
    startTimetable(centre),
  ]
  const certificates = own && startCertificateWorker(centre, { ...own, serve: listening.serve })
  let stopping: Promise<void> | null = null
  const stop = async () => {
    isDraining = true
    // A balancer learns of it by asking, and until then sends others here: they are served as ever.
    if (config.drainMs > 0) await centre.clock.sleep(config.drainMs)
    // Requests under way still need the watchers, and those the storage.
    await Promise.all([app.close(), listening.close(), certificates?.stop()])
    await Promise.all(workers.map((worker) => worker.stop()))
    await Promise.all([exchanges.stop(), sights.stop()])
    await opened.close()
  }
  return {
    url: listening.url,
    centre,
    reloadCertificate: certificates === null ? null : certificates.reload,
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

function ownCertificate({ tls }: Config): Pick<ServedCertificate, 'first' | 'read'> | null {
  if (tls === null) return null
  return { first: readCertificate(tls), read: () => readRenewed(tls, systemClock.now()) }
}
