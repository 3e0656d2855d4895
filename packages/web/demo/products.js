// What a customer can pay with in the app, and how each is called.

/** @typedef {import('./words/ru.js').Words} Words */

/** Months of the instalments that the phone offers. */
export const MONTHS = [3, 6, 12, 24]

/**
 * @param {string} product as the bank writes it
 * @param {number} months
 * @param {Words} words
 */
export function productName(product, months, words) {
  const { products } = words
  if (product === 'Loan') return products.months(months)
  const names = /** @type {Readonly<Record<string, string>>} */ (products.names)
  return names[product] ?? product
}
