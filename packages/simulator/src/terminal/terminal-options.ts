// How a simulated terminal is made. Each setting that is left out is what most devices do.
import type { CameraForm } from '../camera/camera.ts'
import { Certificates, type KeyPair } from '../http/certificates.ts'
import type { ApiSupport } from './api-version.ts'
import type { CancelMode } from './calls.ts'
import type { ExpirationStyle } from './local-time.ts'
import type { PermissionMode } from './permission.ts'

export interface TerminalOptions {
  /** 0 or absent: any free port. */
  readonly port?: number
  /** HTTPS: `{}` with a self-signed certificate, or with the given one. Plain HTTP when absent. */
  readonly https?: Partial<KeyPair>
  /** «Защита интеграции»: calls need a token in the header `accesstoken`. Off unless asked for. */
  readonly protection?: boolean
  /** Whether a registration is allowed by itself, as it is unless asked otherwise. */
  readonly permission?: PermissionMode
  /** `v2` unless asked otherwise. */
  readonly api?: ApiSupport
  /** `works` unless asked otherwise. */
  readonly cancel?: CancelMode
  /** How `expirationDate` is written; drawn from the seed when absent. */
  readonly expirationStyle?: ExpirationStyle
  /** What `GET /qr/{n}` answers with; a PNG picture unless asked otherwise. */
  readonly camera?: CameraForm
  readonly serial?: string
}

export function certificatesOf({ https }: TerminalOptions): Certificates | null {
  if (https === undefined) return null
  const { cert, key } = https
  if (cert !== undefined && key !== undefined) return new Certificates({ cert, key })
  if (cert !== undefined || key !== undefined)
    throw new TypeError('https: cert and key go together')
  return new Certificates(null)
}
