// What the middle needs of a way to take money: a driver, a plain object in its own folder of
// `providers/` plus one line in `all-providers.ts`.

import type { Moment, MoneyKind, Observation, StartResult, Way } from '@byfly-pay/core'
import type { CameraFrame } from './camera-frame.ts'
import type { Hear } from './exchange-store.ts'

/**
 * How far a device's certificate is trusted (protocol, section 1). `strict`: as any browser would.
 * `pinned`: only the one certificate that was seen first. `insecure`: any, which is said aloud.
 */
export const TLS_MODES = ['strict', 'pinned', 'insecure'] as const
export type TlsMode = (typeof TLS_MODES)[number]

/** `v1` answers without an envelope, and calls a failure HTTP 500 (protocol, section 1). */
export const API_VERSIONS = ['v1', 'v2'] as const
export type ApiVersion = (typeof API_VERSIONS)[number]

/** How a device is reached. `host` may be a name, an IPv4 or a bare IPv6 address. */
export interface Device {
  readonly terminalId: number
  /** The payment system, and the way of taking its money, whose driver speaks to it. */
  readonly system: string
  readonly way: Way
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** Without meaning for `http`. */
  readonly tls: TlsMode
  /**
   * SHA-256 of the DER certificate, 64 lower-case hex digits. With `pinned` and null the driver
   * connects nowhere: whoever adds the device takes it from `certificate` first.
   */
  readonly fingerprint: string | null
  readonly apiVersion: ApiVersion
  /** Raw value of the device's token, or null when its protection is off. */
  readonly accessToken: string | null
  /** Counts the changes of the tokens, so that two who find the same one expired refresh it once. */
  readonly tokenVersion: number
  /** The device's own `terminalId`, which a status call repeats; null while it is not known. */
  readonly deviceNumber: string | null
  /** Whether it knows a call that stops an operation; null while nobody has tried. */
  readonly canStop: boolean | null
  /** Where a picture or the text of its screen's QR comes from; null without a camera. */
  readonly cameraUrl: string | null
  /** The till makes the fiscal receipt, the terminal prints none. */
  readonly ownCheque: boolean
  /** How often it wants to be asked how an operation stands, as it said last; null: at the centre's pace. */
  readonly pollMs: number | null
  /** What a bank's own server wants to know of its caller; null for a device on a desk. */
  readonly account: BankAccount | null
}

/** Kaspi QR API (protocol, section 3): by key without refunds, by certificate, by certificate and BIN. */
export const BANK_SCHEMES = ['r1', 'r2', 'r3'] as const
export type BankScheme = (typeof BANK_SCHEMES)[number]

/** What a customer is given. */
export const BANK_FORMS = ['qr', 'link'] as const
export type BankForm = (typeof BANK_FORMS)[number]

export interface BankAccount {
  readonly scheme: BankScheme
  readonly form: BankForm
  readonly apiKey: string | null
  readonly certificate: CertificateFiles | null
  /** 12 digits. */
  readonly organizationBin: string | null
  readonly tradePointId: string
}

/** Names of files in the centre's folder of certificates: PEM with its key, or PKCS #12 alone. */
export interface CertificateFiles {
  readonly file: string
  readonly keyFile: string | null
  readonly passphrase: string | null
}

/**
 * What stands between the centre and a device, and goes away only when somebody acts. It is told
 * beside a result, never instead of it: the result alone says what was proved about money.
 */
export type Trouble =
  /** HTTP 403: the token has run out, a refresh cures it. */
  | 'token_expired'
  /** HTTP 401, or a refused refresh: a person has to press «Разрешить» on the screen again. */
  | 'not_registered'
  /** Another certificate than the pinned one; nothing was sent. */
  | 'certificate_changed'

export type Told<Result> = Result & { readonly trouble?: Trouble }

/** Why a picture could not be read, as far as its pixels tell. */
export type SightHint = 'too_dark' | 'too_bright' | 'blurred' | 'no_code'

/** A QR on the screen, as the camera tells it. */
export type QrReading =
  | { readonly kind: 'read'; readonly text: string; readonly url: string }
  /** The camera works and sees no QR; `hint` is null when the camera sends no picture. */
  | { readonly kind: 'nothing'; readonly hint: SightHint | null }
  /** A code that cannot be the payment's: of another host, or not a link. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'camera_failed' }

/** A look through a camera with what it showed. */
export interface Sight {
  readonly reading: QrReading
  /** Null when no picture came. */
  readonly frame: CameraFrame | null
}

export interface DeviceIdentity {
  readonly serial: string | null
  readonly posNumber: string | null
  /** See `Device.deviceNumber`. */
  readonly deviceNumber: string | null
}

/** Both change together at every refresh, and the old ones die at once: kept in one write. */
export interface DeviceTokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** By the centre's clock; the token's usual 24 h when the device's own date makes no sense. */
  readonly expiresAtMs: number
}

export type RegisterResult =
  | { readonly kind: 'registered'; readonly tokens: DeviceTokens }
  /** Forbidden on the screen, or the name is known already (code 105 means both). */
  | { readonly kind: 'refused' }
  /** An operation is running; its screen cannot ask now. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'not_connected' }
  /** Nobody pressed anything in time, or the answer was lost or could not be read. */
  | { readonly kind: 'no_answer' }

export type RefreshResult =
  | { readonly kind: 'refreshed'; readonly tokens: DeviceTokens }
  | { readonly kind: 'refused' }
  | { readonly kind: 'not_connected' }
  /** The device may have changed its tokens all the same; what it was called with may be dead. */
  | { readonly kind: 'no_answer' }

/** The certificate that a device shows; of its own words only the dates are kept. */
export interface PresentedCertificate {
  /** As in `Device`. */
  readonly fingerprint: string
  /** Null when its date makes no sense. */
  readonly expiresAtMs: Moment | null
  /** Whether a known authority vouches for it, under this name and today. */
  readonly isVouchedFor: boolean
}

/** A connection that was made and closed again, without a byte of a request. */
export type ConnectionLook =
  | {
      readonly kind: 'connected'
      /** Name lookup, TCP and TLS together. */
      readonly connectMs: number
      /** Null on plain http. */
      readonly certificate: PresentedCertificate | null
    }
  | { readonly kind: 'not_connected'; readonly why: 'forbidden_address' | 'unreachable' }

export type StopResult =
  /** It heard; only its final word says whether it stopped. */
  | 'asked'
  /** It knows no such call. */
  | 'not_supported'
  | 'no_answer'

/** What a look at a device came to, in one word. */
export type DeviceFinding =
  | 'well'
  /** It answers, and has no connection to its bank (code 100). */
  | 'no_internet'
  /** It answers with an error. */
  | 'failing'
  | Trouble
  /** Something answers that is no such device. */
  | 'stranger'
  | 'certificate_untrusted'
  | 'forbidden_address'
  | 'unreachable'

/** What is wrong with a connection to a bank's own server. */
export type CheckCause =
  /** The files of the certificate cannot be used. */
  | 'certificate_unread'
  /** The bank knows the caller, and no such trade point of theirs. */
  | 'no_trade_point'

/** A look at a device without an operation. `latencyMs` is null when it did not answer. */
export interface DeviceCheck {
  readonly finding: DeviceFinding
  readonly reachable: boolean
  readonly latencyMs: number | null
  readonly identity: DeviceIdentity | null
  /** The version it was understood in, which may be another than `Device.apiVersion`. */
  readonly apiVersion: ApiVersion | null
  /** How far its clock is ahead of the centre's, to a second or so; null when nothing showed it. */
  readonly clockAheadMs: number | null
  readonly camera: 'ok' | 'failed' | 'none'
  /** What that camera saw; null without one. */
  readonly screen: QrReading | null
  /** When the certificate that the centre itself shows there ends; absent where it shows none. */
  readonly ownCertificateEndsAtMs?: Moment
  /** Where the finding alone does not say what to mend. */
  readonly cause?: CheckCause
}

/** What a refund is of: the purchase by its own method and number (protocol, rule 8). */
export interface Purchase {
  readonly moneyKind: MoneyKind
  readonly providerTransactionId: string
  /** Of the operation that took the money. */
  readonly processId: string | null
  /** How much of it to give back. */
  readonly refundTiyn: bigint
}

/**
 * What a refund takes: a customer who scans another QR, nothing, or what no call of the driver can do, so
 * that people do it in the bank's own office.
 */
export type RefundKind = 'with_customer' | 'at_once' | 'none'

/** `hear` is told of each call to the device about an attempt, once its answer is understood. */
export interface Provider {
  /** The payment system whose methods it takes: `kaspi`. */
  readonly system: string
  /** How it takes money; `core/terminal/way.ts` says how many operations at once. */
  readonly way: Way
  /** Where money taken through this device can be given back by it alone. */
  readonly refundKind: (device: Device) => RefundKind
  /**
   * Asks the device to take `chargeTiyn`; `attemptId` is a name for the other side's own books and proves
   * nothing. Called once per attempt, on a fresh connection, never
   * repeated (protocol, rule 1); bounded by its own time limit. Never throws.
   */
  start(
    device: Device,
    chargeTiyn: bigint,
    hear?: Hear,
    attemptId?: string,
  ): Promise<Told<StartResult>>
  /**
   * Asks the device to give back money of one purchase. Called once for each try, as `start` is, and bound
   * by the same rules; `purchase_not_found` is a refusal too. Never throws.
   */
  refund(device: Device, purchase: Purchase, hear?: Hear): Promise<Told<StartResult>>
  /** Asks how the process stands. Never throws. */
  observe(
    device: Device,
    processId: string,
    signal: AbortSignal,
    hear?: Hear,
  ): Promise<Told<Observation>>
  /** Makes the device ask its bank again, for a process it calls unknown. Never throws. */
  actualize(
    device: Device,
    processId: string,
    signal: AbortSignal,
    hear?: Hear,
  ): Promise<Told<Observation>>
  /** Asks the device to stop; its answer proves nothing about the operation. Never throws. */
  stop(device: Device, processId: string, signal: AbortSignal, hear?: Hear): Promise<StopResult>
  /**
   * Looks once through the camera (a long poll counts as one look). `atMostMs` shortens the look,
   * and the poll with it. Never throws.
   */
  readQr(device: Device, signal: AbortSignal, atMostMs?: number): Promise<QrReading>
  /**
   * Looks once through the camera of the device, which must have one, for somebody to see what it sees.
   * Slower than `readQr`; no payment may wait for it. Never throws.
   */
  see(device: Device, signal: AbortSignal, atMostMs: number): Promise<Sight>
  check(device: Device, signal: AbortSignal): Promise<Told<DeviceCheck>>
  /**
   * Makes `name` known to a protected device. Waits until a person has pressed «Разрешить» on its
   * screen, up to `registerMs` of the driver's limits. Called once, never repeated. Never throws.
   */
  register(device: Device, name: string, signal: AbortSignal): Promise<Told<RegisterResult>>
  /** Exchanges both tokens. Called once, never repeated and never cut short. Never throws. */
  refresh(device: Device, name: string, refreshToken: string): Promise<Told<RefreshResult>>
  /** Tells the other side that the device is taken away, where it keeps a list. Best effort. Never throws. */
  forget(device: Device, signal: AbortSignal): Promise<void>
  /** Connects, looks at the certificate, sends nothing and hangs up. Never throws. */
  connect(device: Device, signal: AbortSignal): Promise<ConnectionLook>
  /** How long a QR can be scanned after it appeared. */
  readonly qrLifeMs: number
}

/** The drivers that the centre has, by payment system. */
export interface Providers {
  of(system: string, way: Way): Provider | null
}
