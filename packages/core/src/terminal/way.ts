// The ways in which money is asked for, and which of them a method goes. A terminal carries one operation;
// the bank's own server carries many, and shows its QR itself.

import { unreachable } from '../assert.ts'

export const WAYS = ['terminal', 'qr_api'] as const
export type Way = (typeof WAYS)[number]

export const ROUTES = ['terminals_first', 'terminals_only', 'qr_api_only'] as const
/** Chosen for each payment method by an admin. */
export type Route = (typeof ROUTES)[number]

/** How many operations one of them carries at once. */
export const PLACES: Readonly<Record<Way, number>> = { terminal: 1, qr_api: 500 }

export function takesMany(way: Way): boolean {
  return PLACES[way] > 1
}

/** Whether what is asked for by this route may go this way. */
export function leadsBy(route: Route, way: Way): boolean {
  switch (route) {
    case 'terminals_first':
      return true
    case 'terminals_only':
      return way === 'terminal'
    case 'qr_api_only':
      return way === 'qr_api'
    default:
      return unreachable(route)
  }
}
