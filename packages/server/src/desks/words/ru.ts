// Russian: what is said of the entries of desks.

import type { DeskWords, Operation } from './shape.ts'

export const ru: DeskWords = {
  desks: {
    unknown_results: 'Неизвестные результаты',
    late_money: 'Поздние деньги',
    overpaid: 'Переплаты',
    refunds: 'Возвраты',
    terminals: 'Терминалы',
    outside: 'Мимо центра',
    statements: 'Расхождения с выпиской',
    other: 'Остальное',
  },
  quarantines: {
    start_lost: 'терминал не ответил на запуск, на нём может идти операция',
    terminal_busy: 'на терминале шла операция, начатая не центром',
    access_denied: 'терминал не принял токен',
  },
  differences: { sum: 'Сумма другая', product: 'Продукт другой', fee: 'Комиссия банка другая' },
  noTime: 'неизвестного времени',
  source: (name) => `Источник — «${name}»`,
  terminal: (name) => `Терминал — «${name}»`,
  restored: (since, until) =>
    `База восстановлена или переключена: об операциях с ${since} до ${until} центр может не знать`,
  compare: 'Сверьте терминал с его журналом или выпиской за это время',
  saleOutside: (operation) => `В выписке есть продажа ${shown(operation)}, а в центре её нет`,
  refundOutside: (operation) => `В выписке есть возврат ${shown(operation)}, а в центре его нет`,
  missingThere: (at) => `Деньги получены ${at}, а в выписке за это время их нет`,
  inStatement: (operation) => `В выписке операция ${shown(operation)}`,
  ambiguous: (operation) =>
    `Операция из выписки ${shown(operation)} подходит к нескольким платежам, центр не угадывает`,
  fitting: 'Подходят платежи',
  likely: 'Похоже на попытки платежей',
  disagreement: (booked, told, number) => {
    const here = booked === null ? 'денег по этой попытке нет' : `получено ${booked}`
    const there = told === null ? 'денег не было' : `он взял ${told ?? 'сумму'}`
    const named = number === null ? '' : `, операция № ${number}`
    return `В центре ${here}, а терминал говорит, что ${there}${named}`
  },
  paidTwice: (order, other) =>
    `${order === null ? 'Заказ' : `Заказ ${order}`} уже оплачен другим платежом: ${other}`,
  possibleDuplicate: (other) =>
    `Тот же клиент только что заплатил столько же тому же источнику: ${other}`,
  why: (reason) => `Почему: ${reason}`,
  waitsUntil: (at) => `Ждёт до ${at}, потом первый запуск будет пробным`,
  payment: (id, sum) => `Платёж ${id} на ${sum}`,
  taken: (taken, credited) => `Получено ${taken}, зачтено ${credited}`,
  nothingTaken: 'Денег по нему пока не получено',
  overpaid: (sum) => `Лишнее — ${sum}`,
  refundDue: 'Платёж отменён, полученное нужно вернуть клиенту',
  asked: (sum) => `На терминале просили взять ${sum}`,
  askedAndTook: (asked, took) => `Просили взять ${asked}, терминал взял ${took}`,
  product: (word) => `Продукт назван «${word}»`,
  difference: (what, here, there) => `${what}: здесь ${here}, в выписке ${there}`,
}

function shown({ at, number, sum }: Operation): string {
  return `${number === null ? '' : `№ ${number} `}на ${sum} от ${at}`
}
