// Alerts, who is told of them, and their messages on the way.

import type {
  AlertKind,
  AlertPlace,
  AlertRule,
  AlertRules,
  Condition,
  Moment,
  OpenAlert,
  QuietHours,
  Role,
  Scope,
  Severity,
} from '@byfly-pay/core'
import type { ChannelName } from './alert-channel.ts'
import type { Certificate } from './certificate.ts'
import type { Transaction } from './transaction.ts'

/** What there is to tell of an alert. */
export type AlertNews = 'opened' | 'still' | 'ended'

/** Everything that a sentence about it is made of. */
export interface AlertFacts {
  readonly id: number
  readonly kind: AlertKind
  readonly severity: Severity
  readonly place: AlertPlace
  readonly facts: Condition['facts']
}

/** An alert as one member of staff sees it. */
export interface AlertLine extends AlertFacts {
  readonly terminalId: number | null
  readonly paymentId: string | null
  readonly openedAtMs: Moment
  readonly endedAtMs: Moment | null
  /** When this viewer read of it; null while they have not. */
  readonly readAtMs: Moment | null
}

/** For whom the bell rings: what they may know of, and who they are. */
export interface AlertViewer {
  readonly adminId: number
  readonly kinds: readonly AlertKind[]
  readonly scope: Scope
}

export interface AlertFilter {
  readonly isOpenOnly: boolean
  readonly isUnreadOnly: boolean
  readonly beforeId: number | null
  readonly limit: number
}

export interface AlertSettings {
  readonly quiet: QuietHours | null
  /** Null for never. */
  readonly remindAfterMinutes: number | null
}

export interface NewRecipient {
  readonly channel: 'sms' | ChannelName
  readonly adminId: number | null
  readonly role: Role | null
  readonly chatId: string | null
  readonly severity: Severity
}

export interface Recipient extends NewRecipient {
  readonly id: number
}

/** Where a message can go, and what whoever reads it there may know; null for everything. */
export interface Destination {
  readonly channel: 'sms' | ChannelName
  /** Of whom by SMS; null for a chat. */
  readonly adminId: number | null
  /** A phone in E.164, or a chat. */
  readonly address: string
  readonly severity: Severity
  readonly reader: { readonly role: Role; readonly scope: Scope } | null
}

export interface NewMessage {
  readonly alertId: number
  readonly news: AlertNews
  readonly destination: Pick<Destination, 'channel' | 'adminId' | 'address'>
  readonly text: string
  readonly sendAtMs: Moment
}

export interface DueMessage {
  readonly id: string
  readonly channel: ChannelName
  readonly address: string
  readonly text: string
  /** This one included. */
  readonly tries: number
}

export interface AlertStore {
  /** What is wrong now, by each rule that is on. */
  conditions(rules: AlertRules): Promise<Condition[]>
  open(): Promise<{ readonly alerts: readonly OpenAlert[]; readonly nowMs: Moment }>
  rules(): Promise<Partial<Record<AlertKind, AlertRule>>>
  settings(): Promise<AlertSettings>
  recipients(): Promise<Recipient[]>
  /** Of active members of staff, and of chats. */
  destinations(): Promise<Destination[]>

  /** Null where it is open already. */
  begin(tx: Transaction, condition: Condition, severity: Severity): Promise<number | null>
  seen(tx: Transaction, ids: readonly number[]): Promise<void>
  /** Each of these once: null for who comes second. */
  remind(tx: Transaction, id: number): Promise<AlertFacts | null>
  end(tx: Transaction, id: number): Promise<AlertFacts | null>
  /** A message that there is already is not written again. */
  addMessage(tx: Transaction, message: NewMessage): Promise<void>
  /** Takes back what was not sent yet, and says to whom something was. */
  supersede(tx: Transaction, alertId: number): Promise<NewMessage['destination'][]>

  claimDue(limit: number, holdMs: number): Promise<DueMessage[]>
  settle(id: string, state: 'sent' | 'refused' | 'given_up', fault: string | null): Promise<void>
  sendAgain(id: string, nextInMs: number, fault: string): Promise<void>

  page(viewer: AlertViewer, filter: AlertFilter): Promise<AlertLine[]>
  unread(viewer: AlertViewer): Promise<number>
  /** @returns how many were news to the viewer */
  markRead(tx: Transaction, viewer: AlertViewer, upToId: number): Promise<number>

  saveRule(tx: Transaction, kind: AlertKind, rule: AlertRule): Promise<void>
  saveSettings(tx: Transaction, settings: AlertSettings): Promise<void>
  /** Null where there is one like it, or no such person. */
  addRecipient(tx: Transaction, recipient: NewRecipient): Promise<number | null>
  removeRecipient(tx: Transaction, id: number): Promise<Recipient | null>

  keepBalance(amount: string, currency: string | null): Promise<void>
  /** This one is served now; what was not told for a day is forgotten. */
  keepCertificate(served: Omit<Certificate, 'secure'>): Promise<void>
  /** What sums are usual, of each source's last payments. */
  measureSums(): Promise<void>
  forgetOld(): Promise<void>
}
