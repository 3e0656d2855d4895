// Which tab of a source is open and what narrows its deliveries, as both stand in the address.

import type { DeliveriesQuery } from '@byfly-pay/contract'

export const TABS = [
  'settings',
  'money',
  'refunds',
  'keys',
  'webhooks',
  'deliveries',
  'doctor',
] as const
export type Tab = (typeof TABS)[number]

type Wire = Pick<
  DeliveriesQuery,
  'event' | 'state' | 'http_status' | 'date_from' | 'date_to' | 'cursor'
>
export type DeliveryFilters = { readonly [Name in keyof Wire]?: Wire[Name] | undefined }
export type SourceSearch = DeliveryFilters & { readonly tab?: Tab | undefined }

const NAMES = [
  'event',
  'state',
  'http_status',
  'date_from',
  'date_to',
  'cursor',
] as const satisfies readonly (keyof DeliveryFilters)[]

/** What an address may hold beside these is dropped, so that a mistyped link still opens the page. */
export function readSourceSearch(search: Readonly<Record<string, unknown>>): SourceSearch {
  const given = NAMES.map((name) => [name, search[name]] as const).filter(
    ([, value]) => value !== undefined && value !== '' && typeof value !== 'object',
  )
  const tab = TABS.find((name) => name === search['tab'])
  return {
    ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    ...(tab === undefined ? {} : { tab }),
  }
}

export function filtersOf({ tab: _tab, ...filters }: SourceSearch): DeliveryFilters {
  return filters
}
