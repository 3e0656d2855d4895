// What staff are warned of, with the rule of each: how long it must last, how grave it is, who may know.
// What is found out about is the storage's; when and to whom it is told, the files beside this one.

import type { Right, Role } from '../staff/role.ts'
import { hasRight } from '../staff/role.ts'
import { isInScope, type Scope } from '../staff/scope.ts'

export const ALERT_KINDS = [
  'terminal_offline',
  'terminal_suspended',
  'terminal_quarantined',
  'terminal_needs_mending',
  'result_unknown',
  'books_restored',
  'endpoint_failing',
  'sms_balance_low',
  'reconciliation_gap',
  'unusual_sum',
  'certificate_expiring',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/** A critical one is told at night too. */
export const SEVERITIES = ['warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export interface AlertRule {
  readonly isOn: boolean
  readonly severity: Severity
  /** How long it must have lasted before anybody is told. */
  readonly afterSeconds: number
  /**
   * Of `sms_balance_low`: the least balance, in units of the gateway's currency. Of `unusual_sum`: so many
   * times the sum that 99 of 100 payments of the source stay under. Of `certificate_expiring`: so many days
   * before its end. Null where a rule has no such number.
   */
  readonly threshold: number | null
}

interface Character extends AlertRule {
  /** What one must be allowed to see anyway. */
  readonly right: Right
  /** False for what happened once: nobody is told that it is over. */
  readonly lasts: boolean
}

const LASTING = { isOn: true, severity: 'warning', threshold: null, lasts: true } as const

const CHARACTERS: Readonly<Record<AlertKind, Character>> = {
  terminal_offline: { ...LASTING, afterSeconds: 60, right: 'terminals.read' },
  terminal_suspended: { ...LASTING, afterSeconds: 0, right: 'terminals.read' },
  terminal_quarantined: { ...LASTING, afterSeconds: 0, right: 'terminals.read' },
  terminal_needs_mending: { ...LASTING, afterSeconds: 0, right: 'terminals.read' },
  result_unknown: { ...LASTING, severity: 'critical', afterSeconds: 300, right: 'payments.read' },
  // Its terminals may have taken money that the books know nothing of.
  books_restored: { ...LASTING, severity: 'critical', afterSeconds: 0, right: 'terminals.read' },
  endpoint_failing: { ...LASTING, afterSeconds: 300, right: 'deliveries.read' },
  // Without SMS nobody can log in.
  sms_balance_low: {
    ...LASTING,
    severity: 'critical',
    afterSeconds: 0,
    threshold: 1_000,
    right: 'texts.read',
  },
  reconciliation_gap: { ...LASTING, afterSeconds: 86_400, right: 'books.reconcile' },
  unusual_sum: { ...LASTING, afterSeconds: 0, threshold: 3, right: 'payments.read', lasts: false },
  // Once it is over, no browser and no shop reaches the centre.
  certificate_expiring: {
    ...LASTING,
    severity: 'critical',
    afterSeconds: 0,
    threshold: 14,
    right: 'settings.write',
  },
}

export type AlertRules = Readonly<Record<AlertKind, AlertRule>>

/** The rules as they come, but for what staff changed. */
export function alertRules(changed: Partial<Readonly<Record<AlertKind, AlertRule>>>): AlertRules {
  const rules = ALERT_KINDS.map((kind) => {
    const { afterSeconds, isOn, severity, threshold } = CHARACTERS[kind]
    return [kind, changed[kind] ?? { afterSeconds, isOn, severity, threshold }] as const
  })
  return Object.fromEntries(rules) as Record<AlertKind, AlertRule>
}

export function isLasting(kind: AlertKind): boolean {
  return CHARACTERS[kind].lasts
}

export function hasThreshold(kind: AlertKind): boolean {
  return CHARACTERS[kind].threshold !== null
}

/** Kinds that a role may know of. */
export function alertKindsFor(role: Role): AlertKind[] {
  return ALERT_KINDS.filter((kind) => hasRight(role, CHARACTERS[kind].right))
}

/** Where what an alert is about belongs; a country that is null is the whole centre's. */
export interface AlertPlace {
  readonly countryIso: string | null
  readonly system: string | null
  readonly sourceId: number | null
}

/** Whether somebody of this role and scope may know of it (L4). */
export function mayKnow(
  role: Role,
  scope: Scope,
  { kind, place }: { readonly kind: AlertKind; readonly place: AlertPlace },
): boolean {
  if (!hasRight(role, CHARACTERS[kind].right)) return false
  const { countryIso } = place
  return countryIso === null ? scope.countries === null : isInScope(scope, { ...place, countryIso })
}
