// The faults waiting on one device, oldest first. Each use is counted here and nowhere else, so that
// "the next two calls" means two. It must never act: who takes a fault carries it out.
import { nowMs } from '../clock.ts'
import type { FaultName, FaultScope, FaultSettings, WireCall } from './catalogue.ts'

export interface ArmedFault extends FaultSettings {
  readonly name: FaultName
  readonly scope: FaultScope
  readonly on: WireCall | 'any'
}

interface Waiting {
  readonly fault: ArmedFault
  skipsLeft: number
  usesLeft: number
  firstUsedAtMs: number | null
}

/** A limit on everything: a script that arms in a loop must not eat the memory. */
const MAX_ARMED = 1_000
export const TOO_MANY_FAULTS = 'Слишком много взведённых неисправностей'

export class ArmedFaults {
  #waiting: Waiting[] = []

  /**
   * One fault that waits on several devices, so that it strikes at whichever is used next: its uses are
   * counted together. False when too many are waiting on one of them already.
   */
  static armOnAny(devices: readonly ArmedFaults[], fault: ArmedFault): boolean {
    if (devices.some((device) => device.#waiting.length >= MAX_ARMED)) return false
    const { skip, times } = fault
    const waiting = { fault, skipsLeft: skip, usesLeft: times, firstUsedAtMs: null }
    for (const device of devices) device.#waiting.push(waiting)
    return true
  }

  /** False when too many are waiting already. */
  arm(fault: ArmedFault): boolean {
    return ArmedFaults.armOnAny([this], fault)
  }

  clear(): void {
    this.#waiting = []
  }

  list(): readonly ArmedFault[] {
    this.#dropSpent()
    return this.#waiting.map((waiting) => waiting.fault)
  }

  /** The oldest fault of the scope that fits the call, used once by this. */
  takeAtCall(scope: 'call' | 'answer', call: WireCall): ArmedFault | null {
    return this.#take(({ fault }) => fault.scope === scope && fits(fault, call))
  }

  takeForCamera(): ArmedFault | null {
    return this.#take(({ fault }) => fault.scope === 'camera')
  }

  /** The fault that the camera's next look would meet, left as it is. */
  nextForCamera(): ArmedFault | null {
    return this.list().find(({ scope }) => scope === 'camera') ?? null
  }

  takeForConnection(): ArmedFault | null {
    return this.#take(({ fault }) => fault.scope === 'connection')
  }

  /** A fault by name that also satisfies the condition; one that does not is left waiting. */
  takeNamed(name: FaultName, condition = (_: ArmedFault) => true): ArmedFault | null {
    return this.#take(({ fault }) => fault.name === name && condition(fault))
  }

  #take(wanted: (waiting: Waiting) => boolean): ArmedFault | null {
    this.#dropSpent()
    for (const waiting of this.#waiting.filter(wanted)) {
      if (waiting.skipsLeft > 0) {
        waiting.skipsLeft -= 1
        continue
      }
      waiting.usesLeft -= 1
      waiting.firstUsedAtMs ??= nowMs()
      return waiting.fault
    }
    return null
  }

  #dropSpent(): void {
    this.#waiting = this.#waiting.filter(({ fault, usesLeft, firstUsedAtMs }) => {
      if (fault.for_ms === 0) return usesLeft > 0
      return firstUsedAtMs === null || nowMs() - firstUsedAtMs < fault.for_ms
    })
  }
}

function fits(fault: ArmedFault, call: WireCall): boolean {
  return fault.on === 'any' || fault.on === call
}
