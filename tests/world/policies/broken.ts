// Eight ways of centres that lost money or told old news of it, each put around the real one from outside. The world is worth its time
// only as long as it catches every one of them.

import type { Applied, Payment } from '@byfly-pay/core'
import type { Provider } from '../../../packages/server/src/ports/provider.ts'
import type { Storage } from '../../../packages/server/src/ports/storage.ts'
import type { Policy } from './policy.ts'

type Save = Storage['payments']['save']

/** The same storage with another way to save what was decided. */
function savingBy(storage: Storage, save: (save: Save) => Save): Storage {
  const { payments } = storage
  const replaced = save((...given) => payments.save(...given))
  return { ...storage, payments: withOwn(payments, { save: replaced }) }
}

/** A port of which some functions are replaced; the rest stays behind whatever it is behind. */
function withOwn<Port extends object>(port: Port, own: Partial<Port>): Port {
  return new Proxy(port, {
    get: (target, key) => Reflect.get(own, key) ?? Reflect.get(target, key),
  })
}

/** The same drivers with some of their functions replaced. */
function driving(own: (provider: Provider) => Partial<Provider>): NonNullable<Policy['providers']> {
  return (providers) => ({
    of(system, way) {
      const provider = providers.of(system, way)
      return provider === null ? null : withOwn<Provider>(provider, own(provider))
    },
  })
}

const TIMEOUT_MEANS_FAILED: Policy = {
  name: 'timeout_means_failed',
  harm: 'silence is taken for a no: the terminal is free, and the customer pays',
  providers: driving(hopeful),
}

function hopeful(provider: Provider): Pick<Provider, 'start' | 'observe'> {
  return {
    async start(device, chargeTiyn) {
      const result = await provider.start(device, chargeTiyn)
      return result.kind === 'lost' ? { kind: 'refused', reason: 'not_connected' } : result
    },
    async observe(device, processId, signal) {
      const observed = await provider.observe(device, processId, signal)
      return observed.kind === 'no_answer' ? { kind: 'failed', reason: 'device_error' } : observed
    },
  }
}

const NO_LOCK: Policy = {
  name: 'no_lock',
  harm: 'a terminal is found by reading and taken without a condition: two payments on one',
  without: ['open_attempts_terminal'],
  storage: (storage) => ({
    ...storage,
    pool: withOwn(storage.pool, {
      async lockPool(tx, system) {
        const view = await storage.pool.lockPool(tx, system)
        return { ...view, terminals: view.terminals.map((facts) => ({ ...facts, isHeld: false })) }
      },
      claimFirstFree: async (_, ranked) => ranked[0] ?? null,
    }),
  }),
}

const SETTLE_TWICE: Policy = {
  name: 'settle_twice',
  harm: 'two watchers add the same sum',
  storage: (storage) =>
    savingBy(
      storage,
      (save) => (tx, before, applied, deliveries, owner) =>
        save(tx, before, addedTwice(before.payment, applied), deliveries, owner),
    ),
}

function addedTwice(before: Payment, applied: Applied): Applied {
  if (!applied.effects.some(({ kind }) => kind === 'captured')) return applied
  const { payment } = applied
  const paidTiyn = payment.paidTiyn + (payment.paidTiyn - before.paidTiyn)
  return { ...applied, payment: { ...payment, paidTiyn } }
}

const FREE_ON_CANCEL: Policy = {
  name: 'free_on_cancel',
  harm: 'a cancel lets go of a terminal whose QR is still alive',
  storage: (storage) =>
    savingBy(
      storage,
      (save) => (tx, before, applied, deliveries, owner) =>
        save(tx, before, letGo(applied), deliveries, owner),
    ),
}

function letGo(applied: Applied): Applied {
  if (applied.history.what !== 'cancelled') return applied
  const attempts = applied.payment.attempts.map((attempt) => ({ ...attempt, holdsTerminal: false }))
  return { ...applied, payment: { ...applied.payment, attempts } }
}

const ANY_QR: Policy = {
  name: 'any_qr',
  harm: 'any code on the screen is the payment’s, the one of before too',
  storage: (storage) => ({
    ...storage,
    payments: withOwn(storage.payments, { claimQr: async () => true }),
  }),
}

const REFUND_AGAIN: Policy = {
  name: 'refund_again',
  harm: 'a refund whose start was lost is started once more: money goes back twice',
  providers: driving((provider) => ({
    async refund(device, purchase) {
      const first = await provider.refund(device, purchase)
      return first.kind === 'lost' ? provider.refund(device, purchase) : first
    },
  })),
}

const ID_FOR_EVER: Policy = {
  name: 'id_for_ever',
  harm: 'a terminal that forgot a process is believed of it later: another sale is booked for it',
  storage: (storage) => ({
    ...storage,
    payments: withOwn(storage.payments, {
      async lock(tx, paymentId) {
        const locked = await storage.payments.lock(tx, paymentId)
        return locked === null ? null : { ...locked, payment: trusting(locked.payment) }
      },
    }),
  }),
}

function trusting(payment: Payment): Payment {
  return {
    ...payment,
    attempts: payment.attempts.map((attempt) => ({ ...attempt, forgotten: false })),
  }
}

const SILENCE_IS_QUIET: Policy = {
  name: 'silence_is_quiet',
  harm: 'no notice is taken for no change: a payment that is long paid is shown as waiting',
  ear: (ear) => ({ listen: ear.listen, behindMs: () => 0 }),
}

export const BROKEN_POLICIES: readonly Policy[] = [
  TIMEOUT_MEANS_FAILED,
  NO_LOCK,
  SETTLE_TWICE,
  FREE_ON_CANCEL,
  ANY_QR,
  REFUND_AGAIN,
  ID_FOR_EVER,
  SILENCE_IS_QUIET,
]
