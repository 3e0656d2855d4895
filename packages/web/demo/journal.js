// What was really paid: the bank's own record, beside which everything that the centre says can be held.

import { moment } from '../checkout/dates.js'
import { element } from '../checkout/element.js'
import { tenge } from '../checkout/money.js'
import { drawIfChanged } from './draw.js'
import { productName } from './products.js'

/** @typedef {import('./calls.js').Entry} Entry */
/** @typedef {import('./words/ru.js').Words} Words */

/**
 * @param {HTMLElement} place
 * @param {readonly Entry[]} entries
 * @param {Words} words
 */
export function drawJournal(place, entries, words) {
  drawIfChanged(place, [entries, words.code], () => {
    const says = words.journal
    const rows = entries.map((entry) => row(entry, words))
    return [
      element('h3', {}, says.title),
      rows.length === 0
        ? element('p', { class: 'quiet' }, says.empty)
        : element('ol', { class: 'rows' }, ...rows),
    ]
  })
}

/**
 * @param {Entry} entry
 * @param {Words} words
 */
function row(entry, words) {
  const says = words.journal
  const sign = entry.kind === 'refund' ? '− ' : ''
  const how = productName(entry.product, entry.loan_term, words)
  const past = entry.kind === 'keyed_sale' ? `, ${says.pastCentre}` : ''
  return element(
    'li',
    {},
    element('span', {}, `${how}${past}`),
    element('b', {}, `${sign}${tenge(entry.amount_tenge * 100)}`),
    element('small', {}, `${words.terminal.name(entry.terminal)} · ${moment(entry.at)}`),
  )
}
