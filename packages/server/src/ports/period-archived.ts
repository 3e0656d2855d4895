// The books of a period are not all here: a part of it is archived, so nothing may be set against them.

import { OperatorError } from './operator-error.ts'

export class PeriodArchived extends OperatorError {
  override readonly name = 'PeriodArchived'
  /** `YYYY-MM`. */
  readonly month: string

  constructor(month: string) {
    super(
      `Часть этих дней в архиве (${month}): сверять не с чем. Сначала верните месяц: byfly months restore`,
    )
    this.month = month
  }
}
