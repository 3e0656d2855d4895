// The centre's own counters and histograms, in Prometheus' names. Every label here has few values, all known
// beforehand; what is told of a payment, a person or a source is how long it took and how it ended.

import { SECOND_MS } from '@byfly-pay/core'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { LIVE_CLIENTS, type LiveClient, type Meter } from '../ports/meter.ts'

/** Upper ends of the classes of each histogram, in seconds. */
const BUCKETS = {
  request: [0.005, 0.025, 0.1, 0.5, 1, 5, 20, 60],
  queue: [0, 1, 5, 10, 20, 40, 60, 120, 300],
  start: [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64],
  lateness: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  qr: [0.25, 0.5, 1, 2, 3, 5, 10, 30, 60],
  delivery: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  read: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
} as const

export function openMeter(registry: Registry): Meter {
  const registers = [registry]
  const timed = <Label extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly Label[] = [],
  ) => new Histogram({ name, help, registers, buckets: [...buckets], labelNames: [...labelNames] })
  const counted = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ) => new Counter({ name, help, registers, labelNames: [...labelNames] })

  const requests = timed(
    'byfly_http_request_duration_seconds',
    'Ответы на запросы: маршрут, метод, код ответа (gone: клиент ушёл раньше)',
    BUCKETS.request,
    ['method', 'route', 'status'],
  )
  const queueWaits = timed(
    'byfly_queue_wait_seconds',
    'Сколько платёж ждал терминала; 0 — получил сразу',
    BUCKETS.queue,
  )
  const starts = timed(
    'byfly_terminal_start_duration_seconds',
    'Команды старта терминалам: оплата или возврат, чем кончились',
    BUCKETS.start,
    ['purpose', 'outcome'],
  )
  const lateness = timed(
    'byfly_attempt_poll_lateness_seconds',
    'Насколько позже срока спросили терминал об открытой попытке',
    BUCKETS.lateness,
  )
  const qrReads = timed(
    'byfly_qr_read_duration_seconds',
    'За сколько камера прочитала QR',
    BUCKETS.qr,
  )
  const qrMisses = counted('byfly_qr_missed_total', 'QR пора бы читаться, а камера его не видит')
  const takeovers = counted(
    'byfly_leases_taken_over_total',
    'Попытки, подхваченные за тем, кто перестал за ними следить',
  )
  const deliveries = timed(
    'byfly_delivery_try_duration_seconds',
    'Попытки доставить вебхук: чем кончились',
    BUCKETS.delivery,
    ['outcome'],
  )
  const texts = counted('byfly_text_tries_total', 'Попытки отправить SMS', ['outcome'])
  const alerts = counted('byfly_alert_tries_total', 'Попытки отправить оповещение', ['outcome'])
  const wideReads = timed(
    'byfly_wide_read_duration_seconds',
    'Запросы списков, итогов и выгрузок к базе: чем кончились',
    BUCKETS.read,
    ['outcome'],
  )

  return {
    answered: ({ httpStatus, method, route, tookMs }) =>
      requests.observe({ method, route, status: httpStatus ?? 'gone' }, tookMs / SECOND_MS),
    liveClients: (count) => showClients(registry, count),
    leftQueue: (waitedMs) => queueWaits.observe(waitedMs / SECOND_MS),
    started: (purpose, outcome, tookMs) => starts.observe({ purpose, outcome }, tookMs / SECOND_MS),
    lookedLate: (lateMs) => lateness.observe(lateMs / SECOND_MS),
    readQr: (tookMs) => qrReads.observe(tookMs / SECOND_MS),
    missedQr: () => qrMisses.inc(),
    tookOver: (attempts) => takeovers.inc(attempts),
    triedDelivery: (outcome, tookMs) => deliveries.observe({ outcome }, tookMs / SECOND_MS),
    triedText: (outcome) => texts.inc({ outcome }),
    triedAlert: (outcome) => alerts.inc({ outcome }),
    readWide: (outcome, tookMs) => wideReads.observe({ outcome }, tookMs / SECOND_MS),
  }
}

function showClients(registry: Registry, count: () => Readonly<Record<LiveClient, number>>): void {
  registry.removeSingleMetric('byfly_live_clients')
  new Gauge({
    name: 'byfly_live_clients',
    help: 'Клиенты, которые ждут новостей на этой машине',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      const counts = count()
      for (const kind of LIVE_CLIENTS) this.set({ kind }, counts[kind])
    },
  })
}
