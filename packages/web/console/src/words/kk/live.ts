// Kazakh: the line to the centre, the palette, the keys.

import type { live as russian } from '../ru/live.ts'
import type { Shape } from '../shape.ts'

export const live: Shape<typeof russian> = {
  live: {
    lost: 'Байланыс үзілді',
    lostAt: (time) => `Байланыс үзілді, деректер уақыты: ${time}`,
    safe: 'Жауап жоқ. Қайталаңыз: екінші рет ештеңе жасалмайды.',
    news: (count) => `Жаңасы: ${count} – көрсету`,
  },
  palette: {
    open: 'Командалар мен іздеу',
    placeholder: 'Бет, әрекет, төлем, телефон…',
    none: 'Ештеңе табылмады',
    here: 'Осы бетте',
    pages: 'Өту',
    actions: 'Орындау',
    payments: 'Төлемдер',
    all: (text) => `Барлық төлемнен іздеу: «${text}»`,
  },
  keys: {
    title: 'Пернелер',
    search: 'Төлемді табу',
    help: 'Осы көмек',
    close: 'Жабу',
    goHint: 'G басыңыз, содан кейін әріпті. Пернетақта тілі маңызды емес.',
  },
}
