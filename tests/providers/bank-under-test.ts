// The real driver of Kaspi QR API against a pretend bank: plain HTTP for r1, a certificate of the centre's own
// for r2 and r3. The bank's own certificate is pinned, as a terminal's may be.

import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../../packages/server/src/ports/log.ts'
import type {
  BankAccount,
  BankForm,
  BankScheme,
  Device,
} from '../../packages/server/src/ports/provider.ts'
import { createDeviceNetworks } from '../../packages/server/src/providers/device-networks.ts'
import type { Driver } from '../../packages/server/src/providers/driver.ts'
import { createKaspiQrApi } from '../../packages/server/src/providers/kaspi-qr-api/driver.ts'
import type { QrApiLimits } from '../../packages/server/src/providers/kaspi-qr-api/limits.ts'
import {
  BANK_ACCOUNT,
  type BankOptions,
  type BankServer,
  startBank,
} from '../../packages/simulator/src/index.ts'
import { makeTestCertificate } from '../support/test-certificate.ts'
import type { LogLine } from './driver-under-test.ts'
import { deviceAt, patience } from './driver-under-test.ts'

export const QUICK_BANK_LIMITS: Partial<QrApiLimits> = {
  connectMs: 3_000,
  createMs: 2_000,
  statusMs: 1_500,
  registerMs: 5_000,
  checkMs: 3_000,
}

export const CENTRE_FILES = { file: 'centre.pem', keyFile: 'centre.key', passphrase: null } as const

export interface BankUnderTest {
  readonly bank: BankServer
  readonly driver: Driver
  readonly lines: readonly LogLine[]
  /** Registered with the bank. */
  readonly device: Device
  close(): Promise<void>
}

/** A bank that asks for the certificate which it puts into `folder` as the centre's own. */
export async function startCertifyingBank(folder: string, options: BankOptions = {}) {
  const server = makeTestCertificate('localhost')
  const own = makeTestCertificate('centre')
  await writeFile(join(folder, CENTRE_FILES.file), own.cert)
  await writeFile(join(folder, CENTRE_FILES.keyFile), own.key)
  const bank = await startBank({ ...options, tls: { ...server, clientAuthority: own.cert } })
  const fingerprint = new X509Certificate(server.cert).fingerprint256.replaceAll(':', '')
  return { bank, fingerprint: fingerprint.toLowerCase() }
}

export function accountWith(scheme: BankScheme, form: BankForm): BankAccount {
  return {
    scheme,
    form,
    apiKey: scheme === 'r1' ? BANK_ACCOUNT.apiKey : null,
    certificate: scheme === 'r1' ? null : CENTRE_FILES,
    organizationBin: scheme === 'r3' ? BANK_ACCOUNT.organizationBin : null,
    tradePointId: String(BANK_ACCOUNT.tradePointId),
  }
}

export function bankDriver(folder: string) {
  const lines: LogLine[] = []
  const write = (fields: Record<string, unknown>, message: string) => {
    lines.push({ fields, message })
  }
  const log: Log = { info: write, warn: write, error: write }
  const driver = createKaspiQrApi({
    log,
    clock: {
      now: () => Date.now(),
      sleep: async () => {},
      timeout: (ms) => AbortSignal.timeout(ms),
    },
    random: {
      chance: () => 0.5,
      bytes: (count) => Buffer.from(crypto.getRandomValues(new Uint8Array(count))),
    },
    networks: createDeviceNetworks({ allowed: ['127.0.0.0/8'] }),
    certificatesDir: folder,
    qrApiLimits: QUICK_BANK_LIMITS,
  })
  return { driver, lines }
}

export async function bankUnderTest(
  folder: string,
  scheme: BankScheme,
  form: BankForm = 'qr',
): Promise<BankUnderTest> {
  const { bank, fingerprint } =
    scheme === 'r1'
      ? { bank: await startBank(), fingerprint: null }
      : await startCertifyingBank(folder)
  const { driver, lines } = bankDriver(folder)
  const unknown = deviceAt(bank.port, {
    way: 'qr_api',
    account: accountWith(scheme, form),
    ...(fingerprint === null ? {} : { scheme: 'https', tls: 'pinned', fingerprint }),
  })
  const registered = await driver.register(unknown, 'centre-7', patience())
  if (registered.kind !== 'registered') throw new Error(`не зарегистрировано: ${registered.kind}`)
  const device = { ...unknown, accessToken: registered.tokens.accessToken }
  const close = async () => {
    await driver.close()
    await bank.close()
  }
  return { bank, driver, lines, device, close }
}
