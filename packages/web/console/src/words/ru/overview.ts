// Russian: figures of a period, and the overview of them.

export const period = {
  title: 'Период',
  today: 'Сегодня',
  week: '7 дней',
  thirty: '30 дней',
  month: 'Месяц',
}

export const overview = {
  units: { thousand: 'тыс.', million: 'млн', billion: 'млрд' },
  nothing: 'За эти дни показать нечего',
  asTable: 'Таблицей',
  currency: 'Валюта',
  nothingWaits: 'Задач нет: всё разобрано',
  waiting: (count: number) => `Ждут человека: ${count}`,
  turnover: 'Оборот',
  payments: 'Платежей',
  conversion: 'Конверсия',
  paidOf: (paid: string, all: string) => `оплачено ${paid} из ${all}`,
  refunded: 'Возвращено',
  net: 'Остаётся',
  netNote: 'без комиссии банка и возвратов',
  change: (share: string) => `${share} к прошлым дням`,
  loss: (sum: string) =>
    `Комиссии не хватило: банк возьмёт на ${sum} больше, чем заплатили клиенты`,
  gain: (sum: string) => `Комиссия покрыла долю банка, осталось ${sum}`,
  keptText: (kept: string, fee: string) =>
    `Удержано комиссии с клиентов: ${kept}. Ожидаемая комиссия банка: ${fee}.`,
  day: 'День',
  method: 'Чем заплатили',
  source: 'Источник',
  terminal: 'Терминал',
  turnoverByDay: 'Оборот по дням',
  bestDay: (day: string, sum: string) => `Лучший день — ${day}: ${sum}`,
  conversionByDay: 'Конверсия по дням',
  conversionNote: 'Доля оплаченных из созданных в этот день',
  byMethod: 'Чем платят',
  bySource: 'По источникам',
  most: (name: string, sum: string, share: string) =>
    `Больше всего — ${name}: ${sum}, ${share} оборота`,
  unknownProduct: 'Продукт неизвестен',
  commissionByMethod: 'Комиссия и доля банка',
  commissionNote: 'Удержано с клиентов и ожидаемая комиссия банка',
  commission: 'Комиссия с клиентов',
  fee: 'Комиссия банка',
  terminals: 'Нагрузка терминалов',
  attempts: (started: string, succeeded: string) => `Попыток: ${started}, с деньгами: ${succeeded}`,
  withMoney: 'С деньгами',
  withoutMoney: 'Без денег',
  hiddenTerminal: 'Вам не виден',
}

/** What methods really leave. */
export const net = {
  title: 'Что остаётся на деле',
  text: 'По дню создания платежа. Комиссия банка — ожидаемая, по ставкам.',
  method: 'Способ',
  paid: 'Заплатили клиенты',
  bank: 'Возьмёт банк',
  left: 'Остаётся',
  owed: 'Положено источникам',
  verdict: 'Итог',
  chosen: (method: string) => `выбирали: ${method}`,
  notChosen: 'не выбран',
  unknown: 'Продукт неизвестен',
  loss: (sum: string) => `Источники недополучат ${sum}`,
  gain: (sum: string) => `Хватает, сверх того ${sum}`,
  none: 'За эти дни никто не платил',
}
