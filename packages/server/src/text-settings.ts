// How SMS are sent, as the environment says it; config.ts reads it with the rest. A sender's settings are
// all checked at the start, so that a missing password is not found out by the first who logs in.

import { join } from 'node:path'
import type { GatewayUrls, KeptTextSettings, TextSettings } from './ports/text-sender.ts'

const SMSC_URL = 'https://smsc.kz'
const MOBIZON_URL = 'https://api.mobizon.kz'

export interface TextSettingsFrom {
  /** A variable without the spaces around it; null when it is absent or empty. */
  readonly text: (name: string) => string | null
  readonly url: (name: string) => string | null
  /** Takes a sentence for each fault. */
  readonly faults: string[]
  readonly dataDir: string
  readonly isDemo: boolean
}

/** Where the gateways are, also those of accounts that staff set up. */
export function readGatewayUrls(from: TextSettingsFrom): GatewayUrls {
  return {
    smsc: baseUrl(from, 'BYFLY_SMSC_URL', SMSC_URL),
    mobizon: baseUrl(from, 'BYFLY_MOBIZON_URL', MOBIZON_URL),
  }
}

/** An account of staff's as a sender takes it. */
export function withGateway(kept: KeptTextSettings, urls: GatewayUrls): TextSettings {
  return kept.sender === 'smsc'
    ? { ...kept, baseUrl: urls.smsc }
    : { ...kept, baseUrl: urls.mobizon }
}

export function readTextSettings(from: TextSettingsFrom, urls: GatewayUrls): TextSettings {
  const { text, faults, dataDir, isDemo } = from
  const sender = text('BYFLY_SMS') ?? (isDemo ? 'file' : 'none')
  switch (sender) {
    case 'file':
      return { sender, path: join(dataDir, 'sms.ndjson') }
    case 'console':
      return { sender }
    case 'smsc':
      return {
        sender,
        baseUrl: urls.smsc,
        login: needed(from, 'BYFLY_SMSC_LOGIN', sender),
        password: needed(from, 'BYFLY_SMSC_PASSWORD', sender),
        from: text('BYFLY_SMSC_SENDER'),
      }
    case 'mobizon':
      return {
        sender,
        baseUrl: urls.mobizon,
        key: needed(from, 'BYFLY_MOBIZON_KEY', sender),
        from: text('BYFLY_MOBIZON_FROM'),
      }
    case 'none':
      return { sender }
    default:
      faults.push('BYFLY_SMS: file, console, smsc, mobizon или none')
      return { sender: 'none' }
  }
}

function needed({ text, faults }: TextSettingsFrom, name: string, sender: string): string {
  const value = text(name)
  if (value === null) faults.push(`${name}: нужен при BYFLY_SMS=${sender}`)
  return value ?? ''
}

function baseUrl({ url }: TextSettingsFrom, name: string, usual: string): string {
  return (url(name) ?? usual).replace(/\/+$/, '')
}
