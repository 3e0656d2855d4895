// What a scanner said, in one shape; and what is known to be harmless, each with its reason.

import type { Tool } from './tool.ts'

export interface Finding {
  readonly tool: Tool
  /** What was attacked. */
  readonly where: string
  readonly what: string
}

export interface ScanResult {
  readonly findings: readonly Finding[]
  /** What was done, for people. */
  readonly summary: string
}

interface Harmless {
  readonly tool: Tool
  readonly what: RegExp
  readonly where: RegExp
  readonly why: string
}

const PAY_PAGE =
  'the page of payments is one file behind every number, so that nobody learns which there are'

const HARMLESS: readonly Harmless[] = [
  { tool: 'wapiti', what: /^Backup file: /, where: /^\/pay\/[^/]+$/, why: PAY_PAGE },
  { tool: 'ffuf', what: /^200 /, where: /^pay\/[^/]*$/, why: PAY_PAGE },
  {
    tool: 'wapiti',
    what: /^HTTP Secure Headers: (Strict-Transport-Security|X-XSS-Protection|X-Frame-Options)/,
    where: /./,
    why: 'HSTS is sent over https only; X-Frame-Options is what frame-ancestors says; X-XSS-Protection is of dead browsers',
  },
  {
    tool: 'ffuf',
    what: /^200 /,
    where: /^(healthz|readyz|docs|docs\/|docs\/openapi\.(json|yaml)|console|console\/|api\/setup)$/,
    why: 'meant for everybody: health without a word of the inside, the reference, the page of the console',
  },
  {
    tool: 'ffuf',
    what: /^(301|302|308) /,
    where: /^(docs|console)$/,
    why: 'leads to the same page with its slash',
  },
  {
    tool: 'ffuf',
    what: /^200 /,
    where: /^console\//,
    why: 'the console is one page behind every path below it; what is no file of its build is that page',
  },
  {
    tool: 'ffuf',
    what: /^401 /,
    where: /^(api\/|metrics$)/,
    why: 'a call that wants a token',
  },
]

export function isHarmless({ tool, where, what }: Finding): boolean {
  return HARMLESS.some(
    (known) => known.tool === tool && known.what.test(what) && known.where.test(where),
  )
}
