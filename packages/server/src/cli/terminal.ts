// `byfly terminal add | list | check`.

import { parseDeviceAddress } from '../providers/device-address.ts'
import { say, sayTable } from './output.ts'
import { CommandError, parseNumber, withCentre } from './with-centre.ts'

const CHECK_MS = 5_000

export interface AddTerminalFlags {
  readonly port?: string
  readonly camera?: string
  readonly cameraId?: string
}

export function addTerminal(name: string, address: string, flags: AddTerminalFlags): Promise<void> {
  const port = flags.port === undefined ? null : parseNumber(flags.port, '--port')
  const cameraId = flags.cameraId === undefined ? null : parseNumber(flags.cameraId, '--camera-id')
  const device = parseDeviceAddress(address, port)
  if (device === null) {
    throw new CommandError(
      `Адрес «${address}» не похож на адрес терминала: 10.0.0.5, http://10.0.0.5`,
    )
  }
  return withCentre(async (centre, config) => {
    const cameraUrl = cameraUrlOf(flags.camera ?? null, cameraId, config.cameraBase)
    const id = await centre.storage.pool.addTerminal({
      name,
      ipAddress: address,
      ...device,
      cameraId,
      cameraUrl,
    })
    say(`Терминал ${id} добавлен: ${device.scheme}://${device.host}:${device.port}`)
    if (cameraUrl === null) say('Камеры нет: терминал берёт только платежи на месте (in_person).')
    say(`Проверить: byfly terminal check ${id}`)
  })
}

/** A camera's own URL wins; its number alone builds one from the configured base (N6). */
function cameraUrlOf(url: string | null, id: number | null, base: string | null): string | null {
  if (url !== null) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new CommandError('--camera: нужен адрес вида http://…')
    }
    return url
  }
  if (id === null) return null
  if (base === null) throw new CommandError('--camera-id: задайте BYFLY_CAMERA_BASE или --camera')
  return `${base.replace(/\/+$/, '')}/${id}`
}

export function listTerminals(): Promise<void> {
  return withCentre(async ({ storage }) => {
    const terminals = await storage.pool.terminals()
    if (terminals.length === 0)
      return say('Терминалов ещё нет: byfly terminal add «Касса 1» 10.0.0.5')
    sayTable(
      ['id', 'имя', 'адрес', 'камера', 'включён'],
      terminals.map((terminal) => [
        String(terminal.id),
        terminal.name,
        `${terminal.scheme}://${terminal.host}:${terminal.port}`,
        terminal.cameraUrl ?? '—',
        terminal.isActive ? 'да' : 'нет',
      ]),
    )
  })
}

export function checkTerminal(idText: string): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const device = await centre.storage.pool.device(id)
    const provider = device === null ? null : centre.providers.of(device.system)
    if (device === null || provider === null) throw new CommandError(`Терминала ${id} нет`)
    const check = await provider.check(device, AbortSignal.timeout(CHECK_MS))
    say(check.message)
    if (check.latencyMs !== null) say(`  отвечает за ${Math.round(check.latencyMs)} мс`)
    say(`  камера: ${{ ok: 'работает', failed: 'не отвечает', none: 'нет' }[check.camera]}`)
    if (!check.reachable || check.camera === 'failed') process.exitCode = 1
  })
}
