// What archiving and restoring a month work on, handed in by the command line. Types only.

import type { ArchiveFolder } from '../ports/archive-folder.ts'
import type { FigureStore } from '../ports/figure-store.ts'
import type { MonthStore } from '../ports/month-store.ts'

export interface MonthParts {
  readonly months: MonthStore
  readonly figures: Pick<FigureStore, 'differences'>
  /** How many whole months must have passed since a month ended. */
  readonly leastAgeMonths: number
}

export interface MonthPartsInFolder extends MonthParts {
  readonly folder: ArchiveFolder
}
