// One look through a camera: asks its address and reads the codes in what comes back, in whichever of
// the known forms. It does not judge the codes, and never follows a redirect.

import { Agent, type Dispatcher } from 'undici'
import type { CameraFrame } from '../../ports/camera-frame.ts'
import type { SightHint } from '../../ports/provider.ts'
import { withDeadline } from '../deadline.ts'
import type { DeviceNetworks } from '../device-networks.ts'
import { guardedConnector } from '../guarded-connector.ts'
import { type CameraRequest, cameraRequest } from './camera-request.ts'
import type { CameraLimits } from './limits.ts'
import { lookAtAnswer } from './look-at-answer.ts'
import { openPictureReaders, type PictureReaders } from './picture-readers.ts'

export type ScreenLook =
  /** Texts of codes in sight, at least one. */
  | { readonly kind: 'texts'; readonly texts: readonly string[]; readonly frame?: CameraFrame }
  /** The camera works and sees no code; `hint` is null when it sends no picture. */
  | {
      readonly kind: 'nothing'
      readonly hint: SightHint | null
      readonly frame?: CameraFrame
    }
  | { readonly kind: 'failed' }

export interface Cameras {
  /** Never throws. `atMostMs` shortens the look, and the poll that the address asks for. */
  look(cameraUrl: string, atMostMs: number | null, signal: AbortSignal): Promise<ScreenLook>
  /** The same with the frame, where a picture came; in no payment's way. */
  show(cameraUrl: string, atMostMs: number, signal: AbortSignal): Promise<ScreenLook>
  close(): Promise<void>
}

const CONNECTIONS_PER_CAMERA = 4
/** So many of the longest answers stay within what a connection may bring. */
const LOOKS_PER_CONNECTION = 8

export function openCameras(networks: DeviceNetworks, limits: CameraLimits): Cameras {
  const agent = new Agent({
    connect: guardedConnector(networks, limits),
    connections: CONNECTIONS_PER_CAMERA,
    maxRequestsPerClient: LOOKS_PER_CONNECTION,
  })
  const readers = openPictureReaders(limits)
  // Of its own thread: whoever watches a camera must not slow down the reading of payments.
  const showers = openPictureReaders({ ...limits, ...SHOWING }, { shows: true })
  const lookWith = async (
    by: PictureReaders,
    cameraUrl: string,
    atMostMs: number | null,
    signal: AbortSignal,
  ): Promise<ScreenLook> => {
    const request = cameraRequest(cameraUrl, limits, atMostMs)
    if (request === null) return { kind: 'failed' }
    try {
      return await withDeadline(request.limitMs, signal, (deadline) =>
        lookOnce(agent, by, request, limits, deadline),
      )
    } catch {
      return { kind: 'failed' }
    }
  }
  return {
    look: (cameraUrl, atMostMs, signal) => lookWith(readers, cameraUrl, atMostMs, signal),
    show: (cameraUrl, atMostMs, signal) => lookWith(showers, cameraUrl, atMostMs, signal),
    async close() {
      await Promise.all([agent.destroy(), readers.close(), showers.close()])
    },
  }
}

const SHOWING = { decodeThreads: 1, queuedPictures: 8 } as const

async function lookOnce(
  agent: Dispatcher,
  readers: PictureReaders,
  request: CameraRequest,
  limits: CameraLimits,
  signal: AbortSignal,
): Promise<ScreenLook> {
  const answer = await agent.request({
    origin: request.origin,
    path: request.path,
    method: 'GET',
    headers: request.headers,
    headersTimeout: 0,
    bodyTimeout: 0,
    signal,
  })
  try {
    if (answer.statusCode < 200 || answer.statusCode > 299) return { kind: 'failed' }
    const contentType = String(answer.headers['content-type'] ?? '')
    return await lookAtAnswer(answer.body, contentType, readers, limits, signal)
  } finally {
    // Thrown away with its connection unless it was read to its end: nobody promised that it has one.
    answer.body.on('error', () => {}).destroy()
  }
}
