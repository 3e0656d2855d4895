// Kazakh: figures of a period, and the overview of them.

import type {
  overview as russian,
  net as russianNet,
  period as russianPeriod,
} from '../ru/overview.ts'
import type { Shape } from '../shape.ts'

export const period: Shape<typeof russianPeriod> = {
  title: 'Кезең',
  today: 'Бүгін',
  week: '7 күн',
  thirty: '30 күн',
  month: 'Ай',
}

export const overview: Shape<typeof russian> = {
  units: { thousand: 'мың', million: 'млн', billion: 'млрд' },
  nothing: 'Бұл күндерде көрсететін ештеңе жоқ',
  asTable: 'Кесте түрінде',
  currency: 'Валюта',
  nothingWaits: 'Тапсырма жоқ: бәрі шешілген',
  waiting: (count) => `Адамды күтіп тұр: ${count}`,
  turnover: 'Айналым',
  payments: 'Төлемдер',
  conversion: 'Конверсия',
  paidOf: (paid, all) => `төленгені: ${paid} / ${all}`,
  refunded: 'Қайтарылды',
  net: 'Қалады',
  netNote: 'банк комиссиясы мен қайтарусыз',
  change: (share) => `алдыңғы күндермен салыстырғанда ${share}`,
  loss: (sum) => `Комиссия жетпеді: банк клиенттер төлегеннен ${sum} артық алады`,
  gain: (sum) => `Комиссия банк үлесін жапты, ${sum} қалды`,
  keptText: (kept, fee) =>
    `Клиенттерден ұсталған комиссия: ${kept}. Банктің күтілетін комиссиясы: ${fee}.`,
  day: 'Күн',
  method: 'Немен төленді',
  source: 'Дереккөз',
  terminal: 'Терминал',
  turnoverByDay: 'Күндер бойынша айналым',
  bestDay: (day, sum) => `Ең жақсы күн — ${day}: ${sum}`,
  conversionByDay: 'Күндер бойынша конверсия',
  conversionNote: 'Сол күні жасалған төлемдердің төленген үлесі',
  byMethod: 'Немен төлейді',
  bySource: 'Дереккөздер бойынша',
  most: (name, sum, share) => `Ең көбі — ${name}: ${sum}, айналымдағы үлесі ${share}`,
  unknownProduct: 'Өнім белгісіз',
  commissionByMethod: 'Комиссия және банк үлесі',
  commissionNote: 'Клиенттерден ұсталғаны және банктің күтілетін комиссиясы',
  commission: 'Клиент комиссиясы',
  fee: 'Банк комиссиясы',
  terminals: 'Терминалдар жүктемесі',
  attempts: (started, succeeded) => `Әрекет: ${started}, ақша түскені: ${succeeded}`,
  withMoney: 'Ақшамен',
  withoutMoney: 'Ақшасыз',
  hiddenTerminal: 'Сізге көрінбейді',
}

/** What methods really leave. */
export const net: Shape<typeof russianNet> = {
  title: 'Шын мәнінде не қалады',
  text: 'Төлем жасалған күн бойынша. Банк комиссиясы — мөлшерлеме бойынша күтілетіні.',
  method: 'Тәсіл',
  paid: 'Клиенттер төледі',
  bank: 'Банк алады',
  left: 'Қалады',
  owed: 'Дереккөзге тиесілі',
  verdict: 'Қорытынды',
  chosen: (method) => `таңдалған: ${method}`,
  notChosen: 'таңдалмаған',
  unknown: 'Өнім белгісіз',
  loss: (sum) => `Дереккөздерге жетпейді: ${sum}`,
  gain: (sum) => `Жетеді, артығы ${sum}`,
  none: 'Бұл күндері ешкім төлеген жоқ',
}
