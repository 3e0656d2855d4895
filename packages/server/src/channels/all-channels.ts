// The one list of channels. A new one is a folder here and a line below; its settings are read in
// channel-settings.ts.

import type { AlertChannel, ChannelSettings } from '../ports/alert-channel.ts'
import { telegramChannel } from './telegram/channel.ts'

/** Those that are set up. */
export function openChannels({ telegram }: ChannelSettings): readonly AlertChannel[] {
  return telegram === null ? [] : [telegramChannel(telegram)]
}
