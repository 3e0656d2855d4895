// The question «Разрешить?» on a terminal's screen: a till that registers waits here for a person's
// tap. It must never hold two questions, and none for ever.
import type { Timers } from '../clock.ts'
import type { Timing } from '../timing.ts'

/** `allow`: a person taps «Разрешить» after `registerMs`. `ask`: nobody does until `press()`. */
export const PERMISSION_MODES = ['allow', 'ask'] as const
export type PermissionMode = (typeof PERMISSION_MODES)[number]
export const PERMISSION_BUTTONS = ['allow', 'forbid'] as const
export type PermissionButton = (typeof PERMISSION_BUTTONS)[number]
export type PermissionVerdict = 'allowed' | 'forbidden' | 'nobody_came' | 'interrupted'

interface Question {
  readonly name: string
  readonly settle: (verdict: PermissionVerdict) => void
}

export class Permission {
  readonly #timers: Timers
  #question: Question | null = null

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /** The till that the screen asks about now. */
  get name(): string | null {
    return this.#question?.name ?? null
  }

  /** The caller makes sure that no other question is open. The client may be gone by the tap. */
  ask(name: string, mode: PermissionMode, timing: Timing): Promise<PermissionVerdict> {
    return new Promise((resolve) => {
      const settle = (verdict: PermissionVerdict) => {
        stopTimer()
        this.#question = null
        resolve(verdict)
      }
      const stopTimer =
        mode === 'allow'
          ? this.#timers.after(timing.registerMs, () => settle('allowed'))
          : this.#timers.after(timing.permissionWaitMs, () => settle('nobody_came'))
      this.#question = { name, settle }
    })
  }

  /** False when the screen asks nothing. */
  press(button: PermissionButton): boolean {
    const question = this.#question
    question?.settle(button === 'allow' ? 'allowed' : 'forbidden')
    return question !== null
  }

  interrupt(): void {
    this.#question?.settle('interrupted')
  }
}
