// A camera's address is kept in two: the address, and the sealed name and password that stood in it. Only who
// calls the camera gets the whole again; the table never holds it.

import type { Vault } from '../ports/centre.ts'
import type { Session, Statement } from './session.ts'

export interface CameraColumns {
  readonly camera_url: string | null
  readonly camera_login: Buffer | null
}

/** As people write it: the last @ before the path ends the login. */
const WITH_LOGIN = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#\\]*)@(.*)$/is

const SEALED_AT_ONCE = 500

const OPEN_LOGINS: Statement = {
  name: 'camera_logins_open',
  text: `
    SELECT id, camera_url, camera_login FROM terminals
    WHERE id > $1 AND camera_login IS NULL AND camera_url LIKE '%@%' ORDER BY id LIMIT $2`,
}

/** Unless somebody has entered another address meanwhile. */
const SEAL_LOGIN: Statement = {
  name: 'camera_login_seal',
  text: `
    UPDATE terminals SET camera_url = $3, camera_login = $4
    WHERE id = $1 AND camera_url = $2 AND camera_login IS NULL`,
}

export function cameraColumns(vault: Vault, cameraUrl: string | null): CameraColumns {
  const [, scheme, login, rest] = WITH_LOGIN.exec(cameraUrl ?? '') ?? []
  if (scheme === undefined || login === undefined) {
    return { camera_url: cameraUrl, camera_login: null }
  }
  return { camera_url: `${scheme}${rest}`, camera_login: vault.seal(login) }
}

export function cameraUrlOf(vault: Vault, columns: CameraColumns): string | null {
  const { camera_url: address, camera_login: sealed } = columns
  if (address === null || sealed === null) return address
  // A function: a password may hold what a replacement text would take for a sign of its own.
  return address.replace('://', () => `://${vault.open(sealed)}@`)
}

/** For people: that there is a login, which nobody opens to show a list. */
export function maskedCameraUrl({ camera_url: address, camera_login: login }: CameraColumns) {
  return address === null || login === null ? address : address.replace('://', '://***@')
}

/** Takes apart what releases before wrote whole. */
export async function sealCameraLogins(session: Session, vault: Vault): Promise<void> {
  for (let after = 0; ; ) {
    const values = [after, SEALED_AT_ONCE]
    const rows = await session.rows<CameraColumns & { id: number }>(OPEN_LOGINS, values)
    for (const { id, camera_url: whole } of rows) {
      const { camera_url: address, camera_login: login } = cameraColumns(vault, whole)
      if (login !== null) await session.rows(SEAL_LOGIN, [id, whole, address, login])
      after = id
    }
    if (rows.length < SEALED_AT_ONCE) return
  }
}
