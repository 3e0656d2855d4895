// The two lists: what was really paid, and what the shop was told about it. Side by side they show at
// a glance whether the centre tells the truth.
import { el, moment, productName, tenge } from './dom.js'

const STATUS_NAMES = {
  paid: 'Оплачен',
  partially_paid: 'Оплачен частично',
  failed: 'Не оплачен',
  cancelled: 'Отменён',
  processing: 'Оплачивается',
  pending: 'Ждёт оплаты',
  refunded: 'Возвращён',
  partially_refunded: 'Возвращён частично',
}

export function drawEntries(place, entries) {
  drawList(place, entries, 'Пока никто не платил', (entry) => [
    el('b', {}, `${entry.kind === 'refund' ? '− ' : ''}${tenge(entry.amount_tenge)}`),
    ` ${productName(entry.product, entry.loan_term)}`,
    entry.kind === 'keyed_sale' ? ', мимо центра' : '',
    el('small', {}, `Терминал ${entry.terminal} · № ${entry.transaction_id} · ${moment(entry.at)}`),
  ])
}

export function drawWebhooks(place, webhooks) {
  drawList(place, webhooks, 'Магазину пока ничего не присылали', (webhook) => [
    el('b', {}, STATUS_NAMES[webhook.status] ?? webhook.status ?? 'Без статуса'),
    el('small', {}, [webhook.payment, moment(webhook.at)].filter(Boolean).join(' · ')),
    el('details', {}, el('summary', {}, 'Тело'), el('pre', {}, pretty(webhook.text))),
  ])
}

/** Drawn anew only when it has changed, so that an opened body stays open. */
function drawList(place, rows, emptyText, parts) {
  const now = JSON.stringify(rows)
  if (place.dataset.shown === now) return
  place.dataset.shown = now
  const items = rows.map((row) => el('li', {}, ...parts(row)))
  const empty = el('li', { class: 'quiet' }, emptyText)
  place.replaceChildren(...(items.length === 0 ? [empty] : items))
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
