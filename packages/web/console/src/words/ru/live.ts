// Russian: the line to the centre, the palette, the keys.

export const live = {
  live: {
    lost: 'Связь потеряна',
    lostAt: (time: string) => `Связь потеряна, показываем данные на ${time}`,
    safe: 'Ответа нет. Повторите: второй раз ничего не создастся.',
    news: (count: number) => `Новых: ${count} – показать`,
  },
  palette: {
    open: 'Команды и поиск',
    placeholder: 'Страница, действие, платёж, телефон…',
    none: 'Ничего не нашлось',
    here: 'На этой странице',
    pages: 'Перейти',
    actions: 'Сделать',
    payments: 'Платежи',
    all: (text: string) => `Искать «${text}» во всех платежах`,
  },
  keys: {
    title: 'Клавиши',
    search: 'Найти платёж',
    help: 'Эта подсказка',
    close: 'Закрыть',
    goHint: 'Нажмите G, затем букву. Раскладка не важна.',
  },
}
