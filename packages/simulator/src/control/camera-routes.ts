// The addresses of the cameras: the configured form, each form by name, and those of the earlier
// centre's camera service.
import { CAMERA_FORMS, cameraReply } from '../camera/camera.ts'
import { readTimeoutMs, ScanService } from '../camera/scan-service.ts'
import type { Timers } from '../clock.ts'
import { jsonReply, refusalReply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { withTerminal } from './terminal-in-path.ts'

export function cameraRoutes(terminals: readonly Terminal[], timers: Timers): readonly Route[] {
  const service = new ScanService(timers)
  return [
    {
      method: 'GET',
      path: '/qr/:n',
      handle: withTerminal(terminals, (terminal) => cameraReply(terminal, terminal.camera)),
    },
    {
      method: 'GET',
      path: '/cameras/:n/:form',
      handle: withTerminal(terminals, (terminal, { path }) => {
        const { form: asked } = path
        const form = CAMERA_FORMS.find((known) => known === asked && known !== 'none')
        return form === undefined
          ? refusalReply(404, 'Такого вида нет; есть json, text, png, jpeg, bmp')
          : cameraReply(terminal, form)
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
      handle: withTerminal(terminals, (terminal) => cameraReply(terminal, 'jpeg')),
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
