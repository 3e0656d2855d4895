// What is said of alerts, in every language; whole by its types. A sentence begins in lower case: it may follow
// another.

import type { AlertKind } from '@byfly-pay/core'

/** Why a terminal is out of work, as its alert has it. */
export type AlertReason =
  | 'not_connected'
  | 'start_refused'
  | 'start_lost'
  | 'qr_unread'
  | 'terminal_busy'
  | 'not_registered'
  | 'certificate_changed'

/** What a sentence is told with; what its kind does not have is empty. */
export interface AlertParts {
  readonly terminal: string
  readonly source: string
  readonly endpoint: string
  readonly reason: string
  readonly count: string
  readonly sum: string
  readonly usualSum: string
  /** What is left at an SMS gateway, in its currency. */
  readonly balance: string
  readonly certificateNames: string
  readonly lastDay: string
  readonly isOfBank: boolean
}

type Sentences = Readonly<Record<AlertKind, (parts: AlertParts) => string>>

export interface AlertWords {
  readonly reasons: Readonly<Record<AlertReason, string>>
  readonly opened: Sentences
  readonly ended: Sentences
  readonly still: (opened: string) => string
}
