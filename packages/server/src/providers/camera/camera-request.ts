// The address of a camera, as typed in by people, as one request and its time limit. Only http and
// https exist here; user and password in the address become the header that cameras expect.

import type { CameraLimits } from './limits.ts'

export interface CameraRequest {
  readonly origin: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly limitMs: number
}

/** Null when the text is no address of a camera. `atMostMs` shortens a long poll (see `look`). */
export function cameraRequest(
  cameraUrl: string,
  limits: CameraLimits,
  atMostMs: number | null,
): CameraRequest | null {
  const url = URL.parse(cameraUrl)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  const limitMs = pollOrLookMs(url, limits, atMostMs)
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    headers: authorization(url),
    limitMs: atMostMs === null ? limitMs : Math.min(limitMs, atMostMs),
  }
}

/** `timeout` in milliseconds in the address is a long poll: the camera answers when it sees a QR. */
function pollOrLookMs(url: URL, limits: CameraLimits, atMostMs: number | null): number {
  const asked = url.searchParams.get('timeout')
  if (asked === null || !/^\d{1,9}$/.test(asked)) return limits.lookMs
  const longestMs = atMostMs === null ? limits.longPollMs : Math.floor(atMostMs / 2)
  const pollMs = Math.min(Number(asked), longestMs)
  if (pollMs !== Number(asked)) url.searchParams.set('timeout', String(pollMs))
  return pollMs + limits.longPollGraceMs
}

function authorization(url: URL): Readonly<Record<string, string>> {
  if (url.username === '' && url.password === '') return {}
  try {
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
  } catch {
    return {}
  }
}
