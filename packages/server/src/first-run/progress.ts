// How far a centre is from its first payment, read off the centre as it is: nothing remembers that somebody
// clicked through a step, so it can be left and taken up anywhere.

import type { Centre } from '../ports/centre.ts'

export const STEPS = ['address', 'sms', 'terminal', 'source', 'payment'] as const
export type Step = (typeof STEPS)[number]

export type Progress = readonly { readonly step: Step; readonly isDone: boolean }[]

export async function readProgress({
  publicUrl,
  storage,
  textSenders,
}: Pick<Centre, 'publicUrl' | 'storage' | 'textSenders'>): Promise<Progress> {
  const { hasPayment, hasSource, hasTerminal } = await storage.firstRun.facts()
  const done: Readonly<Record<Step, boolean>> = {
    address: isForCustomers(publicUrl()),
    sms: (await textSenders.inUse()).name !== 'none',
    terminal: hasTerminal,
    source: hasSource,
    payment: hasPayment,
  }
  return STEPS.map((step) => ({ step, isDone: done[step] }))
}

/** Whether links with it can be opened beyond this machine, and safely. */
function isForCustomers(url: string): boolean {
  const { hostname, protocol } = new URL(url)
  return protocol === 'https:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
}
