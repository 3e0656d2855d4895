// Uzbek: the line to the centre, the palette, the keys.

import type { live as russian } from '../ru/live.ts'
import type { Shape } from '../shape.ts'

export const live: Shape<typeof russian> = {
  live: {
    lost: 'Aloqa uzildi',
    lostAt: (time) => `Aloqa uzildi, maʼlumotlar vaqti: ${time}`,
    safe: 'Javob yoʻq. Takrorlang: ikkinchi marta hech narsa yaratilmaydi.',
    news: (count) => `Yangi: ${count} – koʻrsatish`,
  },
  palette: {
    open: 'Buyruqlar va qidiruv',
    placeholder: 'Sahifa, amal, toʻlov, telefon…',
    none: 'Hech narsa topilmadi',
    here: 'Shu sahifada',
    pages: 'Oʻtish',
    actions: 'Bajarish',
    payments: 'Toʻlovlar',
    all: (text) => `Barcha toʻlovlardan izlash: «${text}»`,
  },
  keys: {
    title: 'Tugmalar',
    search: 'Toʻlovni topish',
    help: 'Shu yordam',
    close: 'Yopish',
    goHint: 'G ni, keyin harfni bosing. Klaviatura tili muhim emas.',
  },
}
