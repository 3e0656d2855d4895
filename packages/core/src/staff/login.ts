// Logging in by a code from an SMS (L1): how long a code lives, how often it may be tried, and how often
// anybody may ask. Nothing here knows whether a number is an admin's: the limits are the same for all.

import { DAY_MS, HOUR_MS, MINUTE_MS, type Moment } from '../time.ts'

export const LOGIN_CODE_LIFE_MS = 5 * MINUTE_MS
export const TRIES_PER_CODE = 5
/** Wrong tries of one phone within `PHONE_DAY_MS`; a right one is not counted. */
export const TRIES_PER_PHONE = 15
export const SENDS_PER_PHONE = 10
export const PHONE_DAY_MS = DAY_MS
export const RESEND_AFTER_MS = MINUTE_MS
/** L2. */
export const STAFF_SESSION_MS = 12 * HOUR_MS

/** A code of an authenticator app may be guessed so often an hour where a session is open already. */
const SECOND_FACTOR_TRIES = 10

/** What a phone has used of its limits; its day begins with its first code and lasts 24 hours. */
export interface PhoneStanding {
  readonly sentAtMs: Moment
  readonly dayBeganAtMs: Moment
  readonly daySends: number
  readonly dayTries: number
}

/** 0 when a code may be sent to the phone now, or how many ms until it may. */
export function waitBeforeSendMs(standing: PhoneStanding, nowMs: Moment): number {
  const sinceSendMs = nowMs - standing.sentAtMs
  const resendMs = Math.max(RESEND_AFTER_MS - sinceSendMs, 0)
  const isSpent = standing.daySends >= SENDS_PER_PHONE || standing.dayTries >= TRIES_PER_PHONE
  return isSpent ? Math.max(dayLeftMs(standing, nowMs), resendMs) : resendMs
}

/** 0 while the phone has tries left today, or how many ms until it has again. */
export function waitBeforeTryMs(standing: PhoneStanding, nowMs: Moment): number {
  return standing.dayTries >= TRIES_PER_PHONE ? dayLeftMs(standing, nowMs) : 0
}

function dayLeftMs({ dayBeganAtMs }: PhoneStanding, nowMs: Moment): number {
  return Math.max(dayBeganAtMs + PHONE_DAY_MS - nowMs, 0)
}

/** So many uses in a window that begins with the first of them. */
export interface Budget {
  readonly key: string
  readonly limit: number
  readonly windowMs: number
}

/** Numbers that differ in these last digits only share a budget. */
const BLOCK_DIGITS = 4

/**
 * What one more code takes from, the narrowest first: a caller whose own budget is spent takes nothing
 * from those that everybody shares.
 *
 * @param address the caller's, an IPv6 one by its network
 */
export function sendBudgets(phone: string, address: string): readonly Budget[] {
  const block = phone.slice(0, -BLOCK_DIGITS)
  return [
    { key: `send from ${address}`, limit: 30, windowMs: HOUR_MS },
    { key: `send to ${block}`, limit: 60, windowMs: HOUR_MS },
    { key: 'send', limit: 600, windowMs: HOUR_MS },
  ]
}

export function tryBudgets(address: string): readonly Budget[] {
  return [{ key: `try from ${address}`, limit: 120, windowMs: HOUR_MS }]
}

export function secondFactorBudgets(adminId: number): readonly Budget[] {
  return [{ key: `second factor of ${adminId}`, limit: SECOND_FACTOR_TRIES, windowMs: HOUR_MS }]
}
