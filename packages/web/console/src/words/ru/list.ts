// Russian: saved views of the list of payments, and the list as a file.

export const views = {
  title: 'Ваши фильтры',
  save: 'Сохранить эти фильтры',
  name: 'Как назвать',
  hint: 'Видны только вам, на любом компьютере',
  drop: 'Удалить фильтр',
  dropTitle: (name: string) => `Удалить фильтр «${name}»?`,
  keys: 'J и K — по строкам, Enter — открыть',
}

export const exporting = {
  megabytes: (count: string) => `${count}\u202fМБ`,
  coming: 'Файл готовится, не уходите со страницы',
  comingOf: (done: string, all: string) =>
    `Готово строк: ${done} из ${all}, не уходите со страницы`,
  stop: 'Остановить',
  done: (name: string) => `Файл ${name} сохранён`,
  rows: (count: string) => `строк: ${count}`,
  givenUp: 'Выгрузка остановлена, файл не сохранён',
  brokenOff: 'Выгрузка оборвалась, файл не сохранён',
  again: 'Начать снова',
}
