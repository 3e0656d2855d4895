// Why a try of a webhook failed, in stable words: the sender's, and the one of a receiver that was switched
// off. People are told by whoever shows them.

export const TRY_REASONS = [
  'http_status',
  'redirect',
  'timeout',
  'refused',
  'unreachable',
  'reset',
  'dns',
  'tls',
  'bad_answer',
  'forbidden_address',
  'forbidden_url',
  'endpoint_switched_off',
  'aborted',
  'unknown',
] as const
export type TryReason = (typeof TRY_REASONS)[number]

/** Rows of earlier releases may hold any word. */
export function tryReasonOf(word: string): TryReason {
  return TRY_REASONS.find((known) => known === word) ?? 'unknown'
}
