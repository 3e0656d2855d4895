// Kazakh: what is said of the entries of desks.

import type { DeskWords, Operation } from './shape.ts'

export const kk: DeskWords = {
  desks: {
    unknown_results: 'Белгісіз нәтижелер',
    late_money: 'Кеш келген ақша',
    overpaid: 'Артық төлемдер',
    refunds: 'Қайтарулар',
    terminals: 'Терминалдар',
    outside: 'Орталықтан тыс',
    statements: 'Үзіндімен айырмашылықтар',
    other: 'Қалғаны',
  },
  quarantines: {
    start_lost: 'терминал бастауға жауап бермеді, онда операция жүріп жатуы мүмкін',
    terminal_busy: 'терминалда орталық бастамаған операция жүрді',
    access_denied: 'терминал токенді қабылдамады',
  },
  differences: { sum: 'Сомасы басқа', product: 'Өнімі басқа', fee: 'Банк комиссиясы басқа' },
  noTime: 'уақыты белгісіз',
  source: (name) => `Дереккөз: «${name}»`,
  terminal: (name) => `Терминал: «${name}»`,
  restored: (since, until) =>
    `База қалпына келтірілді не ауыстырылды: орталық мына аралықтың операцияларын білмеуі мүмкін: ${since} — ${until}`,
  compare: 'Терминалды осы уақыттағы журналымен не үзінді көшірмемен салыстырыңыз',
  saleOutside: (operation) =>
    `Үзінді көшірмеде сату бар (${shown(operation)}), ал орталықта ол жоқ`,
  refundOutside: (operation) =>
    `Үзінді көшірмеде қайтару бар (${shown(operation)}), ал орталықта ол жоқ`,
  missingThere: (at) => `Ақша алынды (${at}), бірақ осы уақыттың үзіндісінде жоқ`,
  inStatement: (operation) => `Үзіндідегі операция: ${shown(operation)}`,
  ambiguous: (operation) =>
    `Үзіндідегі операция (${shown(operation)}) бірнеше төлемге келеді, орталық болжамайды`,
  fitting: 'Келетін төлемдер',
  likely: 'Ұқсас төлем әрекеттері',
  disagreement: (booked, told, number) => {
    const here = booked === null ? 'бұл әрекет бойынша ақша жоқ' : `${booked} алынды`
    const there = told === null ? 'ақша болмады' : `${told ?? 'белгісіз сома'} алдым`
    const named = number === null ? '' : ` (операция № ${number})`
    return `Орталықта ${here}, ал терминал «${there}» дейді${named}`
  },
  paidTwice: (order, other) =>
    `Тапсырыс${order === null ? '' : ` ${order}`} басқа төлеммен төленіп қойған: ${other}`,
  possibleDuplicate: (other) => `Осы клиент жаңа ғана осы дереккөзге дәл осынша төлеген: ${other}`,
  why: (reason) => `Себебі: ${reason}`,
  waitsUntil: (at) => `Күту мерзімі: ${at}, одан кейінгі алғашқы бастау сынақ болады`,
  payment: (id, sum) => `Төлем ${id}, ${sum}`,
  taken: (taken, credited) => `Алынды: ${taken}, есепке алынды: ${credited}`,
  nothingTaken: 'Ол бойынша әзірге ақша алынған жоқ',
  overpaid: (sum) => `Артығы: ${sum}`,
  refundDue: 'Төлемнен бас тартылды, алынғанын клиентке қайтару керек',
  asked: (sum) => `Терминалдан алу сұралды: ${sum}`,
  askedAndTook: (asked, took) => `Алу сұралды: ${asked}, терминал алды: ${took}`,
  product: (word) => `Өнім «${word}» деп аталды`,
  difference: (what, here, there) => `${what}: мұнда ${here}, үзіндіде ${there}`,
}

function shown({ at, number, sum }: Operation): string {
  return `${number === null ? '' : `№ ${number}, `}${sum}, ${at}`
}
