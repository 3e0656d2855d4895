// Payment methods as staff see and change them. A rate of the past is never touched: the database
// itself refuses that.

import type { Scope } from '@byfly-pay/core'
import type { MethodRate, MethodRecord, MethodStore } from '../ports/method-store.ts'
import { RATES_FROM_NOW, type RateRow, rateOfRow, rateStore } from './method-rates.ts'
import { query, rowsOf } from './query-builder.ts'
import { methodsIn } from './scope.ts'
import { type Session, type Statement, sessionOf } from './session.ts'
import type { PaymentMethodsTable } from './tables.ts'

const SAVE: Statement = {
  name: 'method_save',
  text: `
    UPDATE payment_methods SET (name, is_active, is_selectable, add_commission_to_amount,
      commission_mode, min_tiyn, max_tiyn, route) = ($2, $3, $4, $5, $6, $7, $8, $9)
    WHERE id = $1`,
}

export function methodStore(session: Session): MethodStore {
  return {
    ...rateStore(session),
    list: (scope) => withRates(session, methodsOf(scope).orderBy('m.id')),
    async find(scope, id) {
      const [method] = await withRates(session, methodsOf(scope).where('m.id', '=', id))
      return method ?? null
    },
    async lock(tx, scope, id) {
      const one = methodsOf(scope).where('m.id', '=', id).forUpdate('m')
      const [method] = await withRates(sessionOf(tx), one)
      return method ?? null
    },
    async save(tx, id, settings) {
      await sessionOf(tx).rows(SAVE, [
        id,
        settings.name,
        settings.isActive,
        settings.isSelectable,
        settings.addCommissionToAmount,
        settings.commissionMode,
        settings.minTiyn,
        settings.maxTiyn,
        settings.route,
      ])
    },
  }
}

function methodsOf(scope: Scope) {
  return query
    .selectFrom('payment_methods as m')
    .innerJoin('payment_systems as y', 'y.code', 'm.payment_system')
    .selectAll('m')
    .select(['y.currency', 'y.step_tiyn'])
    .where(methodsIn(scope))
}

interface MethodRow extends PaymentMethodsTable {
  readonly currency: string
  readonly step_tiyn: bigint
}

async function withRates(
  session: Session,
  methods: Parameters<typeof rowsOf<MethodRow>>[1],
): Promise<MethodRecord[]> {
  const rows = await rowsOf(session, methods)
  const rates = await session.rows<RateRow>(RATES_FROM_NOW, [rows.map(({ id }) => id)])
  return rows.map((row) =>
    recordOf(row, rates.filter((rate) => rate.method_id === row.id).map(rateOfRow)),
  )
}

function recordOf(row: MethodRow, rates: readonly MethodRate[]): MethodRecord {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    system: row.payment_system,
    currency: row.currency,
    countryIso: row.country_iso,
    months: row.months,
    stepTiyn: row.step_tiyn,
    minTiyn: row.min_tiyn,
    maxTiyn: row.max_tiyn,
    addCommissionToAmount: row.add_commission_to_amount,
    commissionMode: row.commission_mode,
    isActive: row.is_active,
    isSelectable: row.is_selectable,
    route: row.route,
    rates,
  }
}
