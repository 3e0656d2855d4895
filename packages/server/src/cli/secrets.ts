// `byfly secrets rotate`: everything sealed goes under a new secret key, while the centre works.

import { rotateSecrets, staleSecrets } from '../accounts/rotate-secrets.ts'
import type { Centre } from '../ports/centre.ts'
import { SEALED_KINDS, type SealedKind } from '../ports/sealed-store.ts'
import { operator } from './operator.ts'
import { complain, say, sayTable } from './output.ts'
import { withCentre } from './with-centre.ts'

const TITLES: Readonly<Record<SealedKind, string>> = {
  webhook_secrets: 'секреты вебхуков',
  second_factors: 'вторые факторы',
  terminal_tokens: 'токены терминалов',
  bank_accounts: 'ключи Kaspi QR API',
  camera_logins: 'входы камер',
  sms_account: 'счёт SMS-шлюза',
  sms_texts: 'SMS в очереди',
}

export function rotateSecretsNow(options: { readonly check?: true }): Promise<void> {
  return withCentre(async (centre) => {
    if (options.check !== true) await rotate(centre)
    await sayWhatIsLeft(centre)
  })
}

async function rotate(centre: Centre): Promise<void> {
  const rotated = await rotateSecrets(centre, operator().actor)
  sayTable(
    ['что', 'перешифровано', 'не открылось'],
    rotated.map(({ kind, rows, unopened }) => [TITLES[kind], String(rows), String(unopened)]),
  )
}

/** A centre that still runs on the former key goes on sealing under it, so it is counted anew. */
async function sayWhatIsLeft(centre: Centre): Promise<void> {
  const stale = await staleSecrets(centre)
  const left = SEALED_KINDS.filter((kind) => stale[kind] > 0)
  if (left.length === 0) {
    say('Всё зашифровано нынешним ключом: BYFLY_SECRET_KEY_OLD больше не нужен.')
    return
  }
  for (const kind of left) complain(`Под прежним ключом — ${TITLES[kind]}: ${stale[kind]}`)
  complain('Запустите byfly secrets rotate с прежним ключом в BYFLY_SECRET_KEY_OLD.')
  process.exitCode = 1
}
