// Accounts at SMS gateways between the wire and the middle, and what a gateway said of one.

import type { SmsAccountRequest, SmsCheck, SmsTried } from '@byfly-pay/contract'
import type { Language } from '@byfly-pay/core'
import type { SenderStanding } from '../../notices/sender-standing.ts'
import { TEXT_ADVICE } from '../../notices/text-advice.ts'
import type { KeptTextSettings, TextOutcome, TextSenderName } from '../../ports/text-sender.ts'
import { refuseFaults } from '../refusal.ts'

const REQUIRED = 'Field is required'

/** @throws Refusal validation for a field that this gateway needs */
export function readSmsAccount(body: SmsAccountRequest): KeptTextSettings {
  const from = body.sender?.trim() ?? null
  if (body.provider === 'mobizon') {
    const { key = '' } = body
    refuseFaults(key === '' ? { key: REQUIRED } : {})
    return { sender: 'mobizon', key: key.trim(), from }
  }
  const { login = '', password = '' } = body
  refuseFaults({
    ...(login === '' ? { login: REQUIRED } : {}),
    ...(password === '' ? { password: REQUIRED } : {}),
  })
  return { sender: 'smsc', login: login.trim(), password, from }
}

export function showSmsCheck(
  { balance, provider }: Pick<SenderStanding, 'balance' | 'provider'>,
  isFixed: boolean,
  language: Language,
): SmsCheck {
  return {
    provider,
    is_fixed: isFixed,
    balance: balance.kind === 'known' ? balance.amount : null,
    currency: balance.kind === 'known' ? balance.currency : null,
    ...showFailure(balance.kind === 'failed' ? balance : null, language),
  }
}

export function showTried(
  outcome: TextOutcome,
  provider: TextSenderName,
  language: Language,
): SmsTried {
  const failure = showFailure(outcome.kind === 'accepted' ? null : outcome, language)
  return { outcome: outcome.kind, provider, ...failure }
}

function showFailure(
  failure: Pick<Extract<TextOutcome, { fault: unknown }>, 'fault' | 'word'> | null,
  language: Language,
) {
  return {
    fault: failure?.fault ?? null,
    advice: failure === null ? null : TEXT_ADVICE[language][failure.fault],
    provider_word: failure?.word ?? null,
  }
}
