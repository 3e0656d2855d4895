// How people are told of alerts beside SMS, as the environment says it; config.ts reads it with the rest.

import type { ChannelSettings } from './ports/alert-channel.ts'

const TELEGRAM_URL = 'https://api.telegram.org'

export interface ChannelSettingsFrom {
  /** A variable without the spaces around it; null when it is absent or empty. */
  readonly text: (name: string) => string | null
  readonly url: (name: string) => string | null
  /** Takes a sentence for each fault. */
  readonly faults: string[]
}

export function readChannelSettings({ faults, text, url }: ChannelSettingsFrom): ChannelSettings {
  const token = text('BYFLY_TELEGRAM_TOKEN')
  const chatId = text('BYFLY_TELEGRAM_CHAT')
  const baseUrl = (url('BYFLY_TELEGRAM_URL') ?? TELEGRAM_URL).replace(/\/+$/, '')
  if (token === null) {
    if (chatId !== null) faults.push('BYFLY_TELEGRAM_TOKEN: нужен вместе с BYFLY_TELEGRAM_CHAT')
    return { telegram: null }
  }
  if (!/^[0-9]{3,20}:[A-Za-z0-9_-]{10,100}$/.test(token)) {
    faults.push('BYFLY_TELEGRAM_TOKEN: токен бота вида 123456:ABC…')
  }
  if (chatId !== null && !/^(-?[0-9]{1,20}|@[A-Za-z0-9_]{5,32})$/.test(chatId)) {
    faults.push('BYFLY_TELEGRAM_CHAT: номер чата или @имя канала')
  }
  return { telegram: { baseUrl, token, chatId } }
}
