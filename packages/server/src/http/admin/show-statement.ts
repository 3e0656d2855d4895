// Statements, their operations and closed days as staff see them.

import type { OperationData, StatementData } from '@byfly-pay/contract'
import { localTime, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { ClosedDay } from '../../ports/day-store.ts'
import type { OperationLine, Statement, VerdictCount } from '../../ports/statement-store.ts'

export function showStatement(
  statement: Statement,
  counts: readonly VerdictCount[],
  zone: string,
): StatementData {
  const { covers, uploadedAtMs } = statement
  return {
    id: Number(statement.id),
    system: statement.system,
    country: statement.countryIso,
    file_name: statement.fileName,
    covers_from: localTime(covers.fromMs, zone),
    covers_from_utc: utcTime(covers.fromMs),
    covers_to: localTime(covers.toMs, zone),
    covers_to_utc: utcTime(covers.toMs),
    operations: statement.operations,
    repeated: statement.repeated,
    uploaded_by: statement.uploadedBy,
    uploaded_at: localTime(uploadedAtMs, zone),
    uploaded_at_utc: utcTime(uploadedAtMs),
    verdicts: counts.map(({ operations, tiyn, verdict }) => ({
      verdict,
      operations: Number(operations),
      amount: Number(tiyn),
    })),
    amount_unit: 'tiyn',
  }
}

export function showOperation(line: OperationLine, zone: string): OperationData {
  return {
    id: Number(line.id),
    operation: line.move,
    number: line.number,
    rrn: line.rrn,
    at: localTime(line.fromMs, zone),
    at_utc: utcTime(line.fromMs),
    amount: Number(line.tiyn),
    fee: line.feeTiyn === null ? null : Number(line.feeTiyn),
    payout: line.payoutTiyn === null ? null : Number(line.payoutTiyn),
    device: line.device,
    product: line.product,
    verdict: line.verdict,
    differences: [...line.differences],
    transaction_id: line.paymentId === null ? null : transactionIdOf(line.paymentId),
    entry_id: line.entryId === null ? null : Number(line.entryId),
  }
}

export function showClosedDay(closed: ClosedDay, zone: string) {
  return {
    day: closed.day,
    system: closed.system,
    country: closed.countryIso,
    version: closed.version,
    reason: closed.reason,
    closed_by: closed.closedBy,
    closed_at: localTime(closed.closedAtMs, zone),
    closed_at_utc: utcTime(closed.closedAtMs),
    report_sha256: closed.reportHash.toString('hex'),
  }
}
