// What the audit says of a terminal, in the words of the API. Passwords in a camera's address are
// hidden wherever it is shown.

import type { TerminalView } from '../ports/terminal-store.ts'

export function factsOf(terminal: TerminalView): Readonly<Record<string, unknown>> {
  return {
    name: terminal.name,
    payment_system: terminal.system,
    country_iso: terminal.countryIso,
    ip_address: terminal.ipAddress,
    port: terminal.port,
    tls: terminal.tls,
    api_version: terminal.apiVersion,
    camera_id: terminal.cameraId,
    camera_url: shownCameraUrl(terminal.cameraUrl),
    own_cheque: terminal.ownCheque,
    is_active: terminal.isActive,
    reserved_sources: terminal.reservedSources,
    reserved_country: terminal.reservedCountry,
  }
}

export function shownCameraUrl(cameraUrl: string | null): string | null {
  const url = cameraUrl === null ? null : URL.parse(cameraUrl)
  if (url === null || (url.username === '' && url.password === '')) return cameraUrl
  url.username = '***'
  url.password = ''
  return url.href
}
