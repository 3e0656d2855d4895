// Uzbek: the line to the centre, the palette, the keys.

import type { live as russian } from '../ru/live.ts'
import type { Shape } from '../shape.ts'

export const live: Shape<typeof russian> = {
  live: {
    lost: 'Aloqa uzildi',
    lostAt: (time) => `Aloqa uzildi, maʼlumotlar vaqti: ${time}`,
    safe: 'Javob yo‘q. Takrorlang: ikkinchi marta hech narsa yaratilmaydi.',
    news: (count) => `Yangi: ${count} – ko‘rsatish`,
  },
  palette: {
    open: 'Buyruqlar va qidiruv',
    placeholder: 'Sahifa, amal, to‘lov, telefon…',
    none: 'Hech narsa topilmadi',
    here: 'Shu sahifada',
    pages: 'O‘tish',
    actions: 'Bajarish',
    payments: 'To‘lovlar',
    all: (text) => `Barcha to‘lovlardan izlash: «${text}»`,
  },
  keys: {
    title: 'Tugmalar',
    search: 'To‘lovni topish',
    help: 'Shu yordam',
    close: 'Yopish',
    goHint: 'G ni, keyin harfni bosing. Klaviatura tili muhim emas.',
  },
}
