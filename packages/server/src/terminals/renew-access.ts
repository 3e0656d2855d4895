// Exchanges the tokens of a terminal (protocol, section 1): both change, the old ones die at once, and the
// answer exists nowhere else. So one instance at a time does it, once, and saves before anything is done
// with the new ones. It must never run inside a transaction.

import { keepSaving } from '../payments/keep-saving.ts'
import type { Centre } from '../ports/centre.ts'
import type { Device, Provider } from '../ports/provider.ts'
import { noteTrouble } from './note-trouble.ts'

/** Longer than the driver's own limit on the call, and the save after it. */
const CLAIM_MS = 30_000
/** How long another's exchange is waited for. */
const OTHERS_MS = 15_000
const LOOK_AGAIN_MS = 200

/** @returns whether there are other tokens now than those `device` was opened with. */
export async function renewAccess(
  centre: Centre,
  device: Device,
  provider: Provider,
  signal?: AbortSignal,
): Promise<boolean> {
  const { clock, storage } = centre
  const { terminalId, tokenVersion } = device
  const deadline = clock.now() + OTHERS_MS
  for (;;) {
    const claim = await storage.terminals.claimRenewal(terminalId, tokenVersion, CLAIM_MS)
    switch (claim.kind) {
      case 'claimed':
        return exchange(centre, device, provider, claim)
      case 'renewed':
        return true
      case 'impossible':
        await noteTrouble(centre, terminalId, 'not_registered')
        return false
      case 'blocked':
        if (clock.now() >= deadline || signal?.aborted === true) return false
        await clock.sleep(LOOK_AGAIN_MS, signal)
    }
  }
}

async function exchange(
  centre: Centre,
  device: Device,
  provider: Provider,
  { name, refreshToken }: { readonly name: string; readonly refreshToken: string },
): Promise<boolean> {
  const { terminals } = centre.storage
  const { terminalId, tokenVersion } = device
  const result = await provider.refresh(device, name, refreshToken)
  switch (result.kind) {
    case 'refreshed':
      await keepSaving(centre, { terminal: terminalId }, () =>
        terminals.keepRenewed(terminalId, tokenVersion, result.tokens),
      )
      centre.log.info({ terminal: terminalId }, 'Токен терминала обновлён')
      return true
    case 'refused':
      await noteTrouble(centre, terminalId, 'not_registered')
      return false
    case 'not_connected':
      if (result.trouble === 'certificate_changed') {
        await noteTrouble(centre, terminalId, result.trouble)
      }
      return failed(centre, terminalId)
    case 'no_answer':
      // It may have changed its tokens; if so the next exchange is refused, and a person is called.
      return failed(centre, terminalId)
  }
}

/** Without a token no start can succeed there, so the pool passes the terminal over for a while. */
async function failed({ limits, log, storage }: Centre, terminalId: number): Promise<false> {
  log.warn({ terminal: terminalId }, 'Токен терминала не обновился: терминал не ответил')
  await storage.terminals.blockRenewal(terminalId, limits.renewAgainMs)
  await storage.pool.markOffline(terminalId, limits.offlineMs)
  return false
}
