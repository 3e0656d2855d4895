// Uzbek: saved views of the list of payments, and the list as a file.

import type { views as russian, exporting as russianExporting } from '../ru/list.ts'
import type { Shape } from '../shape.ts'

export const views: Shape<typeof russian> = {
  title: 'Filtrlaringiz',
  save: 'Shu filtrlarni saqlash',
  name: 'Qanday nomlash',
  hint: 'Faqat sizga koʻrinadi, istalgan kompyuterda',
  drop: 'Filtrni oʻchirish',
  dropTitle: (name) => `«${name}» filtri oʻchirilsinmi?`,
  keys: 'J va K — qatorlar boʻylab, Enter — ochish',
}

export const exporting: Shape<typeof russianExporting> = {
  megabytes: (count) => `${count}\u202fMB`,
  coming: 'Fayl tayyorlanmoqda, sahifadan ketmang',
  comingOf: (done, all) => `Tayyor qator: ${done} / ${all}, sahifadan ketmang`,
  stop: 'Toʻxtatish',
  done: (name) => `${name} fayli saqlandi`,
  rows: (count) => `qator: ${count}`,
  givenUp: 'Yuklash toʻxtatildi, fayl saqlanmadi',
  brokenOff: 'Yuklash uzildi, fayl saqlanmadi',
  again: 'Qaytadan boshlash',
}
