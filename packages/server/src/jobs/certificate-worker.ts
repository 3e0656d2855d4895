// Keeps the certificate that is served the one that lies in its files: whoever renews it need not restart
// the centre, and no connection is cut. A faulty file changes nothing; the last good one goes on.

import { DAY_MS } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { Certificate } from '../ports/certificate.ts'
import type { Worker } from './worker.ts'

export interface CertificateWorker extends Worker {
  /** Looks at the files at once. */
  reload(): void
}

export interface ServedCertificate {
  /** What is served since the start. */
  readonly first: Certificate
  /** @throws OperatorError in words for the operator */
  readonly read: () => Certificate
  /** New connections get it from now on. */
  readonly serve: (certificate: Certificate) => void
}

const WARN_MS = 14 * DAY_MS

export function startCertificateWorker(
  { clock, limits, log, storage }: Pick<Centre, 'clock' | 'limits' | 'log' | 'storage'>,
  { first, read, serve }: ServedCertificate,
): CertificateWorker {
  const stopping = new AbortController()
  const { signal } = stopping
  let wake = new AbortController()
  let served = first
  let lastFault = ''

  function look(): void {
    try {
      const found = read()
      lastFault = ''
      if (found.secure.cert === served.secure.cert) return
      serve(found)
      served = found
      log.info({ names: found.names }, 'Сертификат TLS заменён')
      warnOfEnd()
    } catch (error) {
      // Once for each fault: the files are looked at for as long as it lasts.
      const { message } = error as Error
      if (message !== lastFault) log.error({ fault: message }, 'Новый сертификат TLS не взят')
      lastFault = message
    }
  }

  function warnOfEnd(): void {
    const { expiresAtMs, names } = served
    const leftMs = expiresAtMs - clock.now()
    if (leftMs <= 0) {
      log.error({ names }, 'Сертификат TLS истёк: браузеры и источники не откроют центр')
    } else if (leftMs < WARN_MS) {
      log.warn({ names, days: Math.floor(leftMs / DAY_MS) }, 'Сертификат TLS скоро истечёт')
    }
  }

  /** Alerts are raised by one instance for all: it learns from the database what the others serve. */
  async function note(): Promise<void> {
    try {
      await storage.alerts.keepCertificate(served)
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'Срок сертификата TLS не записался')
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      wake = new AbortController()
      look()
      await note()
      await clock.sleep(limits.certificateMs, AbortSignal.any([signal, wake.signal]))
    }
  }

  warnOfEnd()
  const running = run()
  return {
    reload: () => wake.abort(),
    async stop() {
      stopping.abort()
      await running
    },
  }
}
