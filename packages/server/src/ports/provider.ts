// What the middle needs of a way to take money: a driver, a plain object in its own folder of
// `providers/` plus one line in `all-providers.ts`.

import type { Observation, StartResult } from '@byfly-pay/core'

/** How a device is reached. `host` may be a name, an IPv4 or a bare IPv6 address. */
export interface Device {
  readonly terminalId: number
  /** The payment system whose driver speaks to it. */
  readonly system: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** Raw value of the device's token, or null when its protection is off. */
  readonly accessToken: string | null
  /** Where a picture or the text of its screen's QR comes from; null without a camera. */
  readonly cameraUrl: string | null
  /** The till makes the fiscal receipt, the terminal prints none. */
  readonly ownCheque: boolean
}

/** A QR on the screen, as the camera tells it. */
export type QrReading =
  | { readonly kind: 'read'; readonly text: string; readonly url: string }
  /** The camera works and sees no QR. */
  | { readonly kind: 'nothing' }
  /** A code that cannot be the payment's: of another host, or not a link. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'camera_failed' }

export interface DeviceIdentity {
  readonly serial: string | null
  readonly posNumber: string | null
}

/** A look at a device without an operation. `latencyMs` is null when it did not answer. */
export interface DeviceCheck {
  readonly reachable: boolean
  readonly latencyMs: number | null
  readonly identity: DeviceIdentity | null
  readonly camera: 'ok' | 'failed' | 'none'
  /** One Russian sentence for an operator; no byte of the device's own answer. */
  readonly message: string
}

export interface Provider {
  /** The payment system whose methods it takes: `kaspi`. */
  readonly system: string
  /**
   * Asks the device to take `chargeTiyn`. Called once per attempt, on a fresh connection, never
   * repeated (protocol, rule 1); bounded by its own time limit. Never throws.
   */
  start(device: Device, chargeTiyn: bigint): Promise<StartResult>
  /** Asks how the process stands. Never throws. */
  observe(device: Device, processId: string, signal: AbortSignal): Promise<Observation>
  /** Makes the device ask its bank again, for a process it calls unknown. Never throws. */
  actualize(device: Device, processId: string, signal: AbortSignal): Promise<Observation>
  /** Asks the device to stop; its answer proves nothing. Never throws. */
  stop(device: Device, processId: string, signal: AbortSignal): Promise<void>
  /** Looks once through the camera (a long poll counts as one look). Never throws. */
  readQr(device: Device, signal: AbortSignal): Promise<QrReading>
  check(device: Device, signal: AbortSignal): Promise<DeviceCheck>
  /** How long a QR can be scanned after it appeared. */
  readonly qrLifeMs: number
}

/** The drivers that the centre has, by payment system. */
export interface Providers {
  of(system: string): Provider | null
}
