// One look through a camera: asks its address and reads the codes in what comes back, in whichever of
// the known forms. It does not judge the codes, and never follows a redirect.

import { Agent, type Dispatcher } from 'undici'
import { withDeadline } from '../deadline.ts'
import type { DeviceNetworks } from '../device-networks.ts'
import { guardedConnector } from '../guarded-connector.ts'
import { readBody } from '../read-body.ts'
import { type CameraRequest, cameraRequest } from './camera-request.ts'
import { decodePicture } from './decode-picture.ts'
import type { CameraLimits } from './limits.ts'
import { jpegFrames } from './mjpeg.ts'
import { tellApart } from './tell-apart.ts'

export type ScreenLook =
  /** Texts of codes in sight, at least one. */
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** The camera works and sees no code. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed' }

export interface Cameras {
  /** Never throws. `atMostMs` shortens the look, and the poll that the address asks for. */
  look(cameraUrl: string, atMostMs: number | null, signal: AbortSignal): Promise<ScreenLook>
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
  return {
    async look(cameraUrl, atMostMs, signal) {
      const request = cameraRequest(cameraUrl, limits, atMostMs)
      if (request === null) return { kind: 'failed' }
      try {
        return await withDeadline(request.limitMs, signal, (deadline) =>
          lookOnce(agent, request, limits, deadline),
        )
      } catch {
        return { kind: 'failed' }
      }
    },
    close: () => agent.destroy(),
  }
}

async function lookOnce(
  agent: Dispatcher,
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
  if (answer.statusCode < 200 || answer.statusCode > 299) {
    // Thrown away with its connection: nobody promised that it ever ends.
    answer.body.on('error', () => {}).destroy()
    return { kind: 'failed' }
  }
  if (/^multipart\//i.test(String(answer.headers['content-type'] ?? ''))) {
    return lookAtStream(answer.body, limits)
  }
  const body = await readBody(answer.body, limits.answerBytes)
  return body === null ? { kind: 'failed' } : lookAtBody(body, limits)
}

async function lookAtBody(body: Uint8Array, limits: CameraLimits): Promise<ScreenLook> {
  const form = tellApart(body)
  switch (form.kind) {
    case 'picture':
      return lookAtPicture(body, limits)
    case 'texts':
      return { kind: 'texts', texts: form.texts }
    case 'nothing':
      return { kind: 'nothing' }
    case 'nonsense':
      return { kind: 'failed' }
  }
}

async function lookAtPicture(picture: Uint8Array, limits: CameraLimits): Promise<ScreenLook> {
  const texts = await decodePicture(picture, limits.picturePixels)
  if (texts === null) return { kind: 'failed' }
  return texts.length === 0 ? { kind: 'nothing' } : { kind: 'texts', texts }
}

async function lookAtStream(
  body: AsyncIterable<Uint8Array>,
  limits: CameraLimits,
): Promise<ScreenLook> {
  let best: ScreenLook = { kind: 'failed' }
  let frames = 0
  try {
    for await (const frame of jpegFrames(body, limits.answerBytes)) {
      const look = await lookAtPicture(frame, limits)
      if (look.kind === 'texts') return look
      if (look.kind === 'nothing') best = look
      frames += 1
      if (frames >= limits.streamFrames) break
    }
  } catch {
    // The stream broke or time is up: what its frames showed so far still stands.
  }
  return best
}
