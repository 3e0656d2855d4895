// Reads how people write the address of a device (N6). It must never read two ways: what is not
// plainly one host is refused, since the terminal at a misread address would take the money.

import { isIP, isIPv6 } from 'node:net'
import type { DeviceAddress } from '../ports/device-addresses.ts'

/** Where the terminal's web server listens unless told otherwise (protocol, section 1). */
export const DEFAULT_DEVICE_PORT = 8080

const FORM = /^(?:(https?):\/\/)?(\[[0-9a-f:.]+\]|[^\s/:[\]@?#%]+)(?::(\d{1,5}))?\/?$/i
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/
const MAX_NAME_LENGTH = 253

/**
 * `text` is a host, `http://host` or `https://host`, each with or without a port; IPv6 with or
 * without brackets, though a port after it needs them. `port` is the separate field of the form,
 * null when absent; `otherwise` counts where neither names one. Null is returned for anything else,
 * and when the two ports disagree.
 */
export function parseDeviceAddress(
  text: string,
  port: number | null,
  otherwise = DEFAULT_DEVICE_PORT,
): DeviceAddress | null {
  const trimmed = text.trim()
  const match = FORM.exec(bracketed(trimmed))
  if (match === null) return null
  const scheme = (match[1] ?? 'http').toLowerCase() === 'https' ? 'https' : 'http'
  const host = parseHost((match[2] ?? '').toLowerCase())
  const ownPort = match[3] === undefined ? null : Number(match[3])
  if (ownPort !== null && port !== null && ownPort !== port) return null
  const chosen = ownPort ?? port ?? otherwise
  if (host === null || !Number.isInteger(chosen) || chosen < 1 || chosen > 65_535) return null
  return { scheme, host, port: chosen }
}

/** The address as the beginning of a URL: `https://[2001:db8::7]:8080`. */
export function deviceOrigin({ scheme, host, port }: DeviceAddress): string {
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`
}

function bracketed(text: string): string {
  const scheme = /^https?:\/\//i.exec(text)?.[0] ?? ''
  const rest = text.slice(scheme.length).replace(/\/$/, '')
  return isIPv6(rest) && !rest.includes('%') ? `${scheme}[${rest}]` : text
}

function parseHost(text: string): string | null {
  if (text.startsWith('[')) {
    const address = text.slice(1, -1)
    return isIPv6(address) ? address : null
  }
  if (isIP(text) === 4) return text
  const labels = text.split('.')
  if (text.length > MAX_NAME_LENGTH || !labels.every((label) => LABEL.test(label))) return null
  // Decimal, octal and hexadecimal spellings (`2130706433`, `0x7f.1`) are read as IPv4 by a URL
  // parser, and not by people: a name whose last label is a number is refused.
  return /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') ? null : text
}
