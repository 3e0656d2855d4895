// `byfly payment show | events`. Sums are integer tiyn in --json and tenge for people (M1).

import { formatTenge, localTime, parseTransactionId, transactionIdOf } from '@byfly-pay/core'
import { monthName } from '../months/month-name.ts'
import type { Centre } from '../ports/centre.ts'
import type { PaymentView } from '../ports/payment-store.ts'
import { say, sayJson, sayTable } from './output.ts'
import { CommandError, withCentre } from './with-centre.ts'

export function showPayment(text: string, flags: { readonly json?: boolean }): Promise<void> {
  return withCentre(async (centre) => {
    const id = await findPaymentId(centre, text)
    const view = await centre.storage.payments.view(id)
    if (view === null) throw await notHere(centre, text, id)
    if (flags.json === true) return sayJson({ amount_unit: 'tiyn', ...asJson(view) })
    const { figures } = view
    say(`Платёж ${transactionIdOf(id)}`)
    say(
      `  статус      ${view.status}${view.statusDetail === null ? '' : ` (${view.statusDetail})`}`,
    )
    say(`  сумма       ${formatTenge(figures.amountTiyn)}`)
    say(`  оплачено    ${formatTenge(figures.paidTiyn)}`)
    say(`  осталось    ${formatTenge(figures.remainingTiyn)}`)
    say(
      `  без комиссии ${formatTenge(figures.originalTiyn)}, зачтено ${formatTenge(figures.creditedTiyn)}`,
    )
    say(`  способ      ${view.chosenMethod ?? '—'}`)
    say(`  создан      ${localTime(view.createdAtMs, centre.zone)}`)
    if (view.paidAtMs !== null) say(`  оплачен     ${localTime(view.paidAtMs, centre.zone)}`)
  })
}

function asJson(view: PaymentView) {
  const { figures } = view
  return {
    transaction_id: transactionIdOf(view.id),
    source_id: view.sourceId,
    status: view.status,
    status_detail: view.statusDetail,
    amount: figures.amountTiyn,
    original_amount: figures.originalTiyn,
    paid_amount: figures.paidTiyn,
    remaining_amount: figures.remainingTiyn,
    credited_amount: figures.creditedTiyn,
    overpaid_amount: figures.overpaidTiyn,
    late: view.late,
  }
}

export function showPaymentEvents(text: string): Promise<void> {
  return withCentre(async (centre) => {
    const id = await findPaymentId(centre, text)
    const history = await centre.storage.payments.history(id)
    if (history.length === 0) throw await notHere(centre, text, id)
    sayTable(
      ['время', 'что', 'статус', 'подробности'],
      history.map((line) => [
        localTime(line.atMs, centre.zone),
        line.what,
        line.statusBefore === line.statusAfter || line.statusBefore === null
          ? line.statusAfter
          : `${line.statusBefore} → ${line.statusAfter}`,
        Object.entries(line.facts)
          .map(([name, fact]) => `${name}=${String(fact)}`)
          .join(' '),
      ]),
    )
    await showDeliveries(centre, id)
  })
}

async function showDeliveries(centre: Centre, id: string): Promise<void> {
  const deliveries = await centre.storage.deliveries.ofPayment(id)
  if (deliveries.length === 0) return
  say('')
  sayTable(
    ['webhook', 'событие', 'состояние', 'попыток'],
    deliveries.map(({ id: deliveryId, event, state, tries }) => [
      deliveryId,
      event,
      state,
      String(tries),
    ]),
  )
}

async function notHere({ storage }: Centre, text: string, id: string): Promise<CommandError> {
  const month = await storage.archives.monthOf(id)
  return new CommandError(
    month === null ? `Платежа ${text} нет` : `Платёж в архиве за ${monthName(month)}`,
  )
}

/** Also by the number of an earlier centre. @throws CommandError when the text is no payment's number */
export async function findPaymentId({ storage }: Centre, text: string): Promise<string> {
  const former = await storage.formerIds.find(text)
  return former?.paymentId ?? paymentIdOf(text)
}

/** @throws CommandError when the text is no payment's number */
export function paymentIdOf(text: string): string {
  const id = parseTransactionId(text)
  if (id === null) throw new CommandError(`«${text}» не номер платежа: в нём 32 знака 0–9 и A–F`)
  return id
}
