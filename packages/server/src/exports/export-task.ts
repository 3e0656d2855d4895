// What the two sides of an export's thread say to each other, but for the file itself, which is a stream.

import type { WritableStream } from 'node:stream/web'
import type { ExportOrder } from '../ports/exporter.ts'

export interface ExportTask {
  readonly order: ExportOrder
  /** Database that lists are read from. */
  readonly url: string
  /** Where the bytes go; handed over, not copied. */
  readonly file: WritableStream<Uint8Array>
}

/** How it began; nothing more is said, the file then ends or breaks. */
export type ExportBegin = 'begun' | 'too_wide'
