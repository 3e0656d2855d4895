// Texts that staff write and staff read: nothing in them may turn or hide what stands beside it (A22).

import { lineFault, textFault } from '../../payments/customer-fields.ts'
import { refuseFaults } from '../refusal.ts'

type Texts = Readonly<Record<string, string | null | undefined>>

/**
 * @param lines one line each
 * @param texts may have several lines
 * @throws Refusal validation, by field
 */
export function refuseUnshowable(lines: Texts, texts: Texts = {}): void {
  refuseFaults({ ...faultsOf(lines, lineFault), ...faultsOf(texts, textFault) })
}

function faultsOf(texts: Texts, faultOf: (text: string) => string | null): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const [field, text] of Object.entries(texts)) {
    const fault = typeof text === 'string' ? faultOf(text) : null
    if (fault !== null) faults[field] = fault
  }
  return faults
}
