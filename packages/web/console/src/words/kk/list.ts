// Kazakh: saved views of the list of payments, and the list as a file.

import type { views as russian, exporting as russianExporting } from '../ru/list.ts'
import type { Shape } from '../shape.ts'

export const views: Shape<typeof russian> = {
  title: 'Сүзгілеріңіз',
  save: 'Осы сүзгілерді сақтау',
  name: 'Қалай атау',
  hint: 'Тек сізге көрінеді, кез келген компьютерде',
  drop: 'Сүзгіні жою',
  dropTitle: (name) => `«${name}» сүзгісін жою керек пе?`,
  keys: 'J мен K — жолдар бойынша, Enter — ашу',
}

export const exporting: Shape<typeof russianExporting> = {
  megabytes: (count) => `${count}\u202fМБ`,
  coming: 'Файл дайындалып жатыр, беттен кетпеңіз',
  comingOf: (done, all) => `Дайын жол: ${done} / ${all}, беттен кетпеңіз`,
  stop: 'Тоқтату',
  done: (name) => `${name} файлы сақталды`,
  rows: (count) => `жол: ${count}`,
  givenUp: 'Жүктеу тоқтатылды, файл сақталмады',
  brokenOff: 'Жүктеу үзілді, файл сақталмады',
  again: 'Қайта бастау',
}
