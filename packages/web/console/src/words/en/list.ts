// English: saved views of the list of payments, and the list as a file.

import type { views as russian, exporting as russianExporting } from '../ru/list.ts'
import type { Shape } from '../shape.ts'

export const views: Shape<typeof russian> = {
  title: 'Your filters',
  save: 'Save these filters',
  name: 'Name',
  hint: 'Only you see them, on any computer',
  drop: 'Drop the filter',
  dropTitle: (name) => `Drop the filter “${name}”?`,
  keys: 'J and K move through rows, Enter opens',
}

export const exporting: Shape<typeof russianExporting> = {
  megabytes: (count) => `${count}\u202fMB`,
  coming: 'The file is being made, stay on the page',
  comingOf: (done, all) => `Rows ready: ${done} of ${all}, stay on the page`,
  stop: 'Stop',
  done: (name) => `File ${name} is saved`,
  rows: (count) => `rows: ${count}`,
  givenUp: 'The export was stopped, no file was saved',
  brokenOff: 'The export broke off, no file was saved',
  again: 'Begin again',
}
