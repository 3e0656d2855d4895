// What the camera before a terminal sees: now, last, and where it missed a QR. Pictures are the centre's own
// drawings, never a byte of the camera's; who may not see a payment does not see the screen that shows it.

import { CameraLookAnswer, CameraMissesAnswer } from '@byfly-pay/contract'
import { localTime, utcTime } from '@byfly-pay/core'
import type { CameraFrame } from '../../ports/camera-frame.ts'
import type { Centre } from '../../ports/centre.ts'
import { type SeenScreen, seeScreen } from '../../terminals/see-screen.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { ofTerminal, terminalIdOf } from './terminal-request.ts'

export const terminalCameraRoutes: AdminRoutes = async (app, { centre }) => {
  lookNow(app, centre)
  lastFrame(app, centre)
  misses(app, centre)
}

function lookNow(app: AdminApp, centre: Centre): void {
  app.get(
    '/terminals/:id/camera',
    {
      // A HEAD would have the camera looked through for nothing.
      exposeHeadRoute: false,
      config: { right: 'terminals.read' },
      schema: { params: ofTerminal, response: { 200: CameraLookAnswer } },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const seen = await seeScreen(centre, staffAt(request), terminalId)
      if (seen.kind === 'not_found') throw new Refusal('terminal_not_found')
      const atMs = centre.clock.now()
      const data = {
        id: terminalId,
        ...showSeen(seen),
        looked_at: localTime(atMs, centre.zone),
        looked_at_utc: utcTime(atMs),
      }
      return send(reply, success<CameraLookAnswer>(200, { success: true, data }))
    },
  )
}

function lastFrame(app: AdminApp, centre: Centre): void {
  app.get(
    '/terminals/:id/camera/frame',
    { config: { right: 'terminals.read' }, schema: { params: ofTerminal } },
    async (request, reply) => {
      const { scope } = staffAt(request)
      const terminalId = terminalIdOf(request.params.id)
      if ((await centre.storage.terminals.view(scope, terminalId)) === null) {
        throw new Refusal('terminal_not_found')
      }
      const frame = await centre.storage.frames.last(scope, terminalId)
      if (frame === null) throw new Refusal('not_found')
      return reply
        .header('content-type', 'image/jpeg')
        .header('last-modified', new Date(frame.seenAtMs).toUTCString())
        .send(frame.jpeg)
    },
  )
}

function misses(app: AdminApp, centre: Centre): void {
  app.get(
    '/terminals/:id/camera/misses',
    {
      config: { right: 'terminals.read' },
      schema: { params: ofTerminal, response: { 200: CameraMissesAnswer } },
    },
    async (request, reply) => {
      const { scope } = staffAt(request)
      const terminalId = terminalIdOf(request.params.id)
      if ((await centre.storage.terminals.view(scope, terminalId)) === null) {
        throw new Refusal('terminal_not_found')
      }
      const found = await centre.storage.frames.misses(scope, terminalId)
      const data = found.map(({ atMs, frame, reason }) => ({
        reason,
        at: localTime(atMs, centre.zone),
        at_utc: utcTime(atMs),
        picture: frame === null ? null : pictureOf(frame),
      }))
      return send(reply, success<CameraMissesAnswer>(200, { success: true, data }))
    },
  )
}

type Shown = Pick<CameraLookAnswer['data'], 'outcome' | 'took_ms' | 'frame'>

function showSeen(seen: Exclude<SeenScreen, { kind: 'not_found' }>): Shown {
  if (seen.kind !== 'seen') return { outcome: seen.kind, took_ms: null, frame: null }
  const { frame, reading } = seen.sight
  return {
    outcome: reading.kind,
    took_ms: Math.round(seen.tookMs),
    frame: frame === null ? null : showFrame(frame),
  }
}

function showFrame(frame: CameraFrame): CameraLookAnswer['data']['frame'] {
  const { codes, decodeMs, focus, height, light, tiltDegrees, width } = frame
  return {
    picture: pictureOf(frame),
    width,
    height,
    codes: codes.map((corners) => corners.map(({ x, y }) => ({ x, y }))),
    light,
    focus,
    tilt_degrees: tiltDegrees,
    decode_ms: decodeMs,
  }
}

function pictureOf({ jpeg }: CameraFrame): string {
  return `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`
}
