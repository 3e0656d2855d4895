// Tells the centre that what it does not find lies in an archive. It knows months, never single payments.

import { utcTime } from '@byfly-pay/core'
import type { ArchiveStore } from '../ports/month-store.ts'
import type { Session, Statement } from './session.ts'

const MONTH_OF: Statement = {
  name: 'archived_month_of',
  text: `
    SELECT to_char(month, 'YYYY-MM') AS month FROM archived_months
    WHERE month = uuid7_month($1::uuid)`,
}

const MONTH_WITHIN: Statement = {
  name: 'archived_month_within',
  text: `
    SELECT to_char(month, 'YYYY-MM') AS month FROM archived_months
    WHERE month::timestamp AT TIME ZONE 'UTC' <= $2::timestamptz
      AND (month + interval '1 month') AT TIME ZONE 'UTC' > $1::timestamptz
    ORDER BY month LIMIT 1`,
}

const IS_ANY_AWAY: Statement = {
  name: 'archived_months_any',
  text: 'SELECT EXISTS (SELECT FROM archived_months) AS yes',
}

export function archiveStore(session: Session): ArchiveStore {
  return {
    async monthOf(paymentId) {
      const [row] = await session.rows<{ month: string }>(MONTH_OF, [paymentId])
      return row?.month ?? null
    },
    async monthWithin({ fromMs, toMs }) {
      const values = [utcTime(fromMs), utcTime(toMs)]
      const [row] = await session.rows<{ month: string }>(MONTH_WITHIN, values)
      return row?.month ?? null
    },
    async isAnyAway() {
      const [row] = await session.rows<{ yes: boolean }>(IS_ANY_AWAY, [])
      return row?.yes === true
    },
  }
}
