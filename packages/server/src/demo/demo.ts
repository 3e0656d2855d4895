// Demo mode: simulated terminals, a source with a token, and a pretend shop that receives its
// webhooks, so that a newcomer sees a payment happen without hardware. It goes through the same
// doors as an operator and adds nothing to the rules.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { EVERYTHING } from '@byfly-pay/core'
import { ensureFirstAdmin } from '../accounts/first-admin.ts'
import { createSource } from '../accounts/sources.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Config } from '../config.ts'
import type { Centre } from '../ports/centre.ts'
import type { TextSettings } from '../ports/text-sender.ts'
import { addTerminal } from '../terminals/add-terminal.ts'
import type { AboutDemo } from './demo-routes.ts'
import type { Simulator } from './simulator-process.ts'

const DEMO: Acting = { actor: { kind: 'system', name: 'demo' }, scope: EVERYTHING }

/** `$BYFLY_DATA_DIR/demo.json`. */
export interface DemoFile {
  readonly base_url: string
  readonly admin_phone: string
  readonly source_id: number
  readonly api_token: string
  readonly webhook_secret: string
  readonly simulator_url: string
}

/** Who may log in to the demo when BYFLY_ADMIN_PHONE names nobody. */
const ADMIN_PHONE = '+77000000000'
const SHOP_ANSWER_MS = 5_000

/** Creates what the demo needs where it is missing, and says where everything is. */
export async function prepareDemo(
  centre: Centre,
  simulator: Simulator,
  { adminPhone, dataDir }: Pick<Config, 'adminPhone' | 'dataDir'>,
  baseUrl: string,
): Promise<DemoFile> {
  const phone = adminPhone ?? ADMIN_PHONE
  await ensureFirstAdmin(centre, phone)
  await addSimulatedTerminals(centre, simulator)
  const path = join(dataDir, 'demo.json')
  const known = readDemoFile(path)
  const isKnown =
    known !== null && (await centre.storage.accounts.sourceById(known.source_id)) !== null
  const credentials = isKnown
    ? {
        source_id: known.source_id,
        api_token: known.api_token,
        webhook_secret: known.webhook_secret,
      }
    : await addDemoSource(centre, simulator)
  const file: DemoFile = {
    base_url: baseUrl,
    admin_phone: phone,
    ...credentials,
    simulator_url: simulator.url,
  }
  const draft = `${path}.new`
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, path)
  await openShop(simulator, file)
  return file
}

/** Lets the pretend shop in: from here on it is a source like any other. */
export async function openShop(
  simulator: Pick<Simulator, 'url'>,
  {
    base_url,
    api_token,
    webhook_secret,
  }: Omit<DemoFile, 'admin_phone' | 'simulator_url' | 'source_id'>,
): Promise<void> {
  const response = await fetch(`${simulator.url}/shop/account`, {
    method: 'POST',
    body: JSON.stringify({ base_url, api_token, webhook_secret }),
    signal: AbortSignal.timeout(SHOP_ANSWER_MS),
  })
  if (!response.ok) throw new Error(`Демо-магазин не открылся: ${await response.text()}`)
}

/** What the page of the demonstration tells of the console. */
export function aboutDemo({ adminPhone, sms }: Pick<Config, 'adminPhone' | 'sms'>): AboutDemo {
  return {
    admin_phone: adminPhone ?? ADMIN_PHONE,
    sms: sms.sender,
    sms_path: sms.sender === 'file' ? shortPath(sms.path) : null,
  }
}

function readDemoFile(path: string): DemoFile | null {
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

async function addDemoSource(centre: Centre, simulator: Simulator) {
  const made = await createSource(centre, DEMO, {
    name: 'Демо-магазин',
    type: 'website',
    description: 'Источник для знакомства с центром',
    defaultWebhookUrl: `${simulator.url}/shop/webhook`,
    webhookEvents: ['partially_paid', 'failed', 'cancelled', 'refunded'],
    refundsAllowed: true,
  })
  if (made.kind === 'refused') throw new Error(`Демо-источник не создан: ${made.reason}`)
  return { source_id: made.id, api_token: made.apiToken, webhook_secret: made.webhookSecret }
}

async function addSimulatedTerminals(centre: Centre, simulator: Simulator): Promise<void> {
  const { terminals } = centre.storage
  const known = await terminals.list(EVERYTHING)
  for (const { number, host, port, cameraUrl } of simulator.terminals) {
    if (known.some((terminal) => terminal.host === host && terminal.port === port)) continue
    const ipAddress = `http://${host}`
    const entry = { name: `Терминал ${number}`, ipAddress, port, cameraId: number, cameraUrl }
    const outcome = await addTerminal(centre, DEMO, entry)
    if (outcome.kind === 'faulty') throw new Error(`Терминал ${number} не добавился`)
  }
}

/** The lines of the newcomer: what was started, and a payment to try at once. */
export function demoBanner(demo: DemoFile, sms: TextSettings): string {
  return [
    '',
    '  ByFly Pay работает в демо-режиме: терминалы, камеры и телефон покупателя ненастоящие.',
    '',
    `  Начните отсюда      ${demo.base_url}/demo/`,
    '                      магазин, терминалы и телефон покупателя на одной странице',
    '',
    `  Консоль             ${demo.base_url}/console/`,
    `  API                 ${demo.base_url}/api`,
    `  Справочник          ${demo.base_url}/docs`,
    `  Токен               ${demo.api_token}`,
    `  Вход                ${demo.admin_phone}, код из SMS — ${placeOfSms(sms)}`,
    '',
    '  Создать платёж на 100 ₸ (сумма в тиынах):',
    `    curl -s ${demo.base_url}/api/payment/init -H 'X-API-Token: ${demo.api_token}' \\`,
    `      -H 'Content-Type: application/json' -d '{"amount":10000}'`,
    '  В ответе checkout_url — страница оплаты, её можно открыть в браузере.',
    '',
    '  Дальше — README, глава «Платёж в пять строк». Остановить: Ctrl+C.',
    '',
  ].join('\n')
}

function placeOfSms(sms: TextSettings): string {
  switch (sms.sender) {
    case 'file':
      return `в файле ${shortPath(sms.path)}`
    case 'console':
      return 'здесь, в этом окне'
    case 'smsc':
    case 'mobizon':
      return 'придёт на телефон'
    case 'none':
      return 'не отправляется: задайте BYFLY_SMS'
  }
}

/** As one would type it here; whole when it is elsewhere. */
function shortPath(path: string): string {
  const here = relative('', path)
  return here.startsWith('..') ? path : here
}
