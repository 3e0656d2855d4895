// What a source may be, and what it may ask to be told of.

/** Documented names (N7). */
export const SOURCE_TYPES = ['website', 'mobile_app', 'desktop_app', 'other'] as const
export type SourceType = (typeof SOURCE_TYPES)[number]

/** Events beside `paid`, which is always told (W3). */
export const OPTIONAL_EVENTS = ['partially_paid', 'failed', 'cancelled', 'refunded'] as const
export type OptionalEvent = (typeof OPTIONAL_EVENTS)[number]
/** All that is ever told. */
export const EVENT_KINDS = ['paid', ...OPTIONAL_EVENTS] as const
