// The addresses of the cameras: the configured form, each form by name, and those of the earlier
// centre's camera service.
import { CAMERA_FORMS, type CameraForm, cameraDown, oneLookReply } from '../camera/camera.ts'
import { mjpegReply } from '../camera/mjpeg.ts'
import { readTimeoutMs, ScanService } from '../camera/scan-service.ts'
import { look } from '../camera/sight.ts'
import type { Timers } from '../clock.ts'
import { jsonReply, type Reply, refusalReply } from '../http/reply.ts'
import type { Route, RouteRequest } from '../http/router.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { withTerminal } from './terminal-in-path.ts'

/** What a person enters as the address of a polled camera. */
const LONG_POLL_MS = 10_000

/** The address of a terminal's camera, as it is entered into the centre. */
export function cameraUrl(controlUrl: string, { number, camera }: Terminal): string {
  return camera === 'long_poll'
    ? `${controlUrl}/scan-qr/${number}?timeout=${LONG_POLL_MS}`
    : `${controlUrl}/qr/${number}`
}

export function cameraRoutes(terminals: readonly Terminal[], timers: Timers): readonly Route[] {
  const service = new ScanService(timers)
  const reply = (terminal: Terminal, form: CameraForm, { query, gone }: RouteRequest) =>
    cameraReply({ terminal, form, query, gone, timers, service })
  return [
    {
      method: 'GET',
      path: '/qr/:n',
      handle: withTerminal(terminals, (terminal, request) =>
        reply(terminal, terminal.camera, request),
      ),
    },
    {
      method: 'GET',
      path: '/cameras/:n/:form',
      handle: withTerminal(terminals, (terminal, request) => {
        const form = CAMERA_FORMS.find((known) => known === request.path['form'])
        return form === undefined || form === 'none'
          ? refusalReply(404, `Такого вида нет; есть ${CAMERA_FORMS.join(', ')}`)
          : reply(terminal, form, request)
      }),
    },
    {
      method: 'GET',
      path: '/scan-qr/:n',
      handle: withTerminal(terminals, (terminal, { query, gone }) =>
        service.waitForQr(terminal, readTimeoutMs(query), gone),
      ),
    },
    {
      method: 'POST',
      path: '/stop-scan/:n',
      handle: withTerminal(terminals, (terminal) =>
        jsonReply(200, { success: true, stopped: service.stop(terminal.number) }),
      ),
    },
    {
      method: 'GET',
      path: '/capture/:n',
      handle: withTerminal(terminals, (terminal) => oneLookReply(terminal, 'jpeg')),
    },
    {
      method: 'GET',
      path: '/cameras',
      handle: () => {
        const cameras = terminals.map(({ number, camera, cameraUrl }) => ({
          id: number,
          name: `Камера ${number}`,
          form: camera,
          url: cameraUrl,
        }))
        return jsonReply(200, { success: true, cameras })
      },
    },
    {
      method: 'GET',
      path: '/status',
      handle: () =>
        jsonReply(200, {
          success: true,
          status: 'ok',
          cameras: terminals.length,
          active_scans: service.running(),
        }),
    },
  ]
}

interface Asked {
  readonly terminal: Terminal
  readonly form: CameraForm
  readonly query: URLSearchParams
  readonly gone: AbortSignal
  readonly timers: Timers
  readonly service: ScanService
}

function cameraReply(asked: Asked): Reply | Promise<Reply> {
  const { terminal, form, query, gone, timers, service } = asked
  switch (form) {
    case 'none':
      return refusalReply(404, 'У этого терминала нет камеры')
    case 'long_poll':
      return service.waitForQr(terminal, readTimeoutMs(query), gone)
    case 'mjpeg': {
      const sight = look(terminal)
      return sight.kind === 'down' ? cameraDown(sight) : mjpegReply(terminal, sight, timers, gone)
    }
    default:
      return oneLookReply(terminal, form)
  }
}
