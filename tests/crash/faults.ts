// The faults of the field, one line each: what is armed where, and what strikes at the step. A fault
// without a strike of its own is in the world while the process is killed with SIGKILL.

import type { FaultRequest } from '../../packages/simulator/src/index.ts'
import type { Mischief } from './receiver.ts'

/** What happens at the moment that a step is reached. */
export type Strike =
  | 'kill'
  | 'terminate'
  | 'stop_and_wake'
  | 'cut_connections'
  | 'lose_answers'
  | 'exhaust_pool'
  | 'serialization_failure'
  | 'disk_full'
  | 'kill_database'
  | 'restart_database'
  | 'clock_ahead'
  | 'clock_behind'
  | 'clock_a_little_behind'

export interface Fault {
  readonly name: string
  readonly strike: Strike
  /** Armed on the terminal of the payment's first call, just before it. */
  readonly device?: readonly FaultRequest[]
  /** The terminal forgets its operations right after the customer has confirmed. */
  readonly forgets?: boolean
  /** Takes tens of seconds to get past the payment, as it would in the field. */
  readonly isSlow?: boolean
  /** What the shop does to the payment's first delivery. */
  readonly receiver?: Mischief
  /** Every start is sent twice at once, to every instance there is. */
  readonly sentTwice?: boolean
  /** A second instance works beside from the beginning. */
  readonly beside?: boolean
  /** Why it cannot meet any step at all. */
  readonly never?: string
}

/** More looks than the camera takes in a moment, fewer than a QR lives. */
const SOME_LOOKS = 3

/** Stands for the QR of an operation that is over: put in when the terminal is known. */
export const PREVIOUS_QR = 'previous'

export const FAULTS = [
  { name: 'none', strike: 'kill' },
  {
    name: 'connection_refused',
    strike: 'kill',
    device: [{ fault: 'refuse_connection', closed_ms: 400 }],
  },
  { name: 'request_lost', strike: 'kill', device: [{ fault: 'request_lost' }] },
  { name: 'answer_lost', strike: 'kill', device: [{ fault: 'answer_lost' }] },
  { name: 'half_answer', strike: 'kill', device: [{ fault: 'half_answer' }] },
  {
    name: 'slow',
    strike: 'kill',
    device: [
      { fault: 'late', on: 'payment', delay_ms: 400 },
      { fault: 'late', on: 'status', delay_ms: 400 },
    ],
  },
  {
    name: 'reset',
    strike: 'kill',
    device: [
      { fault: 'request_lost', on: 'status' },
      { fault: 'answer_lost', on: 'status', skip: 1 },
    ],
  },
  {
    name: 'terminal_unknown',
    strike: 'kill',
    isSlow: true,
    device: [{ fault: 'unknown', actualize_calls: 1 }],
  },
  { name: 'reboot_forgets', strike: 'kill', forgets: true },
  { name: 'other_sum', strike: 'kill', device: [{ fault: 'other_sum' }] },
  { name: 'other_process_id', strike: 'kill', device: [{ fault: 'other_process_id', times: 2 }] },
  { name: 'body_of_100_mb', strike: 'kill', device: [{ fault: 'giant_body' }] },
  {
    name: 'qr_of_foreign_host',
    strike: 'kill',
    device: [{ fault: 'foreign_qr', times: SOME_LOOKS }],
  },
  {
    name: 'previous_qr',
    strike: 'kill',
    device: [{ fault: 'foreign_qr', times: SOME_LOOKS, qr: PREVIOUS_QR }],
  },
  { name: 'camera_down', strike: 'kill', device: [{ fault: 'camera_down', times: SOME_LOOKS }] },
  {
    name: 'camera_garbage',
    strike: 'kill',
    device: [{ fault: 'camera_garbage', times: SOME_LOOKS }],
  },
  { name: 'receiver_hangs', strike: 'kill', receiver: 'hangs', isSlow: true },
  { name: 'receiver_500', strike: 'kill', receiver: 'answers_500' },
  { name: 'receiver_301', strike: 'kill', receiver: 'answers_301' },
  { name: 'receiver_410', strike: 'kill', receiver: 'answers_410' },
  { name: 'receiver_429', strike: 'kill', receiver: 'answers_429' },
  { name: 'receiver_huge_body', strike: 'kill', receiver: 'answers_hugely' },
  { name: 'receiver_resets', strike: 'kill', receiver: 'resets_after_processing' },
  { name: 'duplicate_requests', strike: 'kill', sentTwice: true },
  { name: 'two_instances', strike: 'kill', beside: true, sentTwice: true },
  { name: 'sigterm', strike: 'terminate' },
  { name: 'sigstop', strike: 'stop_and_wake' },
  { name: 'connections_cut', strike: 'cut_connections' },
  { name: 'commit_answer_lost', strike: 'lose_answers' },
  { name: 'pool_exhausted', strike: 'exhaust_pool' },
  { name: 'serialization_failure', strike: 'serialization_failure' },
  { name: 'disk_full', strike: 'disk_full' },
  { name: 'database_killed', strike: 'kill_database' },
  { name: 'database_restarted', strike: 'restart_database' },
  { name: 'clock_ahead_400_days', strike: 'clock_ahead' },
  { name: 'clock_behind_400_days', strike: 'clock_behind' },
  // A timer holds 24 days at most and fires at once beyond: a smaller jump can do more harm.
  { name: 'clock_behind_20_days', strike: 'clock_a_little_behind' },
  {
    name: 'failover',
    strike: 'kill',
    never:
      'резервный сервер в одном процессе с шагом не показать: это tests/drill/failover.test.ts',
  },
  {
    name: 'sms_down',
    strike: 'kill',
    never: 'на дороге платежа нет ни одного SMS: сбои шлюзов проверяет tests/sms',
  },
] as const satisfies readonly Fault[]

export type FaultName = (typeof FAULTS)[number]['name']

export function faultOf(name: FaultName): Fault {
  const fault: Fault | undefined = FAULTS.find((each) => each.name === name)
  if (fault === undefined) throw new Error(`нет сбоя ${name}`)
  return fault
}
