// What the centre refuses, in a language that it does not say it in itself: a text for every code that a person may
// meet, so that a new one does not compile without. The rest are faults of programs.

import type { ErrorCode } from '@byfly-pay/contract'

type FaultOfProgram =
  | 'address_not_allowed'
  | 'broken_json'
  | 'broken_request'
  | 'duplicate_key'
  | 'external_id_taken'
  | 'forbidden_key'
  | 'idempotency_in_progress'
  | 'idempotency_mismatch'
  | 'not_event_stream'
  | 'qr_not_found'
  | 'source_disabled'
  | 'too_complex'
  | 'too_large'
  | 'unauthorized'
  | 'unknown_route'
  | 'wrong_content_encoding'
  | 'wrong_content_type'

export type ErrorTexts = Readonly<Record<Exclude<ErrorCode, FaultOfProgram>, string>>
