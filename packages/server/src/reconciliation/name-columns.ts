// A person says once what the columns of a heading hold, and what the bank calls each product.

import type { StatementColumns } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { Heading } from '../ports/statement-store.ts'
import { headingOf } from './heading.ts'

export type NameOutcome =
  | 'named'
  | 'not_found'
  /** A column that the heading does not have, or has twice. */
  | 'no_such_column'
  | 'no_such_method'

export async function nameColumns(
  { storage }: Pick<Centre, 'storage'>,
  { actor, scope }: Acting,
  said: Heading,
): Promise<NameOutcome> {
  const { system } = said
  const known = (await storage.places.paymentSystems()).some(({ code }) => code === system)
  // Of any country: its headings are the whole system's.
  const isTheirs = scope.systems === null || scope.systems.includes(system)
  if (!known || !isTheirs) return 'not_found'
  const cells = headingOf(said.cells)
  if (!areColumnsOf(cells, said.columns)) return 'no_such_column'
  const methods = await storage.accounts.methods()
  const products = Object.fromEntries(
    Object.entries(said.products).map(([word, code]) => [word.trim().toLowerCase(), code]),
  )
  const codes = Object.values(products)
  if (!codes.every((code) => methods.some((method) => method.code === code))) {
    return 'no_such_method'
  }
  return audited<NameOutcome>({ storage }, actor, async (tx) => {
    await storage.statements.saveHeading(tx, { system, cells, columns: said.columns, products })
    const target = { kind: 'payment_system', id: system }
    const facts = { heading: cells, columns: said.columns, products }
    return { result: 'named', line: { action: 'statement.columns_named', target, facts } }
  })
}

function areColumnsOf(cells: readonly string[], columns: StatementColumns): boolean {
  return Object.values(columns).every(
    (column) => cells.filter((cell) => cell === column).length === 1,
  )
}
