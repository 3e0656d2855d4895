// All that the page says, in Russian: the model of the other three languages, which must say the same.

import { percent } from '../money.js'

const PLACES = ['первый', 'второй', 'третий', 'четвёртый', 'пятый', 'шестой', 'седьмой', 'восьмой']

/**
 * @param {number} count
 * @param {readonly [string, string, string]} forms of 1, 2 and 5
 */
function counted(count, [one, few, many]) {
  const last = count % 10
  const isTeen = Math.floor(count / 10) % 10 === 1
  const form = isTeen || last === 0 || last > 4 ? many : last === 1 ? one : few
  return `${count} ${form}`
}

export const ru = {
  code: 'ru',
  name: 'Русский',
  short: 'Рус',
  title: 'Оплата',
  language: 'Язык',
  number: 'Номер платежа',
  sum: 'Сумма',

  methods: {
    kaspi_gold: 'Kaspi\u00a0Gold',
    kaspi_red: 'Kaspi\u00a0Red',
    kaspi_credit: 'Кредит',
    kaspi_installment_12: 'Рассрочка на 12 месяцев',
    kaspi_installment_24: 'Рассрочка на 24 месяца',
  },
  offer: {
    /** @param {number} value */
    commission: (value) => (value === 0 ? 'без комиссии' : `комиссия ${percent(value)}`),
    /** @param {string} sum */
    monthly: (sum) => `примерно ${sum} в месяц`,
    unavailable: 'сумма не подходит',
    others: 'Другие способы',
  },

  choose: {
    headline: 'Выберите, как удобно оплатить',
    /** @param {string} when */
    advice: (when) => `Ссылка действует до ${when}`,
  },
  queue: {
    headline: 'Все терминалы заняты',
    /** @param {number} place @param {number} seconds */
    advice: (place, seconds) => {
      const word = PLACES[place - 1]
      const where = word === undefined ? `Вы ${place}-й в очереди` : `Вы ${word}`
      const wait =
        seconds < 60
          ? counted(seconds, ['секунды', 'секунд', 'секунд'])
          : counted(Math.ceil(seconds / 60), ['минуты', 'минут', 'минут'])
      return `${where}, ждать около ${wait}`
    },
    keep: 'Место за вами. Как только терминал освободится, здесь появится QR',
    elsewhere: 'Место держит другое устройство. Чтобы платить здесь, выберите способ',
    change: 'Выбрать другой способ',
  },
  preparing: {
    headline: 'Готовим QR…',
    advice: 'Обычно это несколько секунд',
    steps: ['Ищем свободный терминал', 'Терминал готовит QR', 'Проверяем QR'],
  },
  qr: {
    onComputer: 'Наведите камеру телефона или сканер Kaspi',
    onPhone: 'Откройте Kaspi, чтобы оплатить',
    /** @param {string} product */
    pick: (product) => `В приложении выберите ${product}`,
    pickAny: 'Подтвердите оплату в приложении',
    open: 'Открыть Kaspi',
    folded: 'QR для другого телефона',
    picture: 'QR для оплаты в Kaspi',
    noPicture: 'QR не загрузился. Проверьте интернет, мы пробуем ещё раз',
    /** @param {string} time */
    left: (time) => `QR действует ещё ${time}`,
    over: 'Время QR вышло, узнаём результат',
  },
  qrOver: {
    headline: 'QR больше не действует',
    advice: 'Если вы успели оплатить, результат появится здесь. Не закрывайте страницу',
  },
  confirm: {
    headline: 'Подтвердите оплату в приложении',
    advice: 'Как только банк ответит, мы покажем это здесь',
  },
  unknown: {
    headline: 'Банк ещё не подтвердил результат',
    advice: 'Не платите второй раз, мы проверяем и сообщим здесь',
  },

  paid: {
    /** @param {string} sum */
    headline: (sum) => `Оплачено ${sum}`,
    /** @param {string} when */
    advice: (when) => `${when}. Можно закрыть страницу`,
    seller: 'Кому',
    subject: 'За что',
    when: 'Когда',
    overpaid: 'Заплачено лишнего',
    refunded: 'Возвращено',
    title: 'Подтверждение оплаты',
    notReceipt: 'Это подтверждение, а не фискальный чек',
  },
  keep: {
    save: 'Сохранить PDF',
    print: 'Распечатать',
    share: 'Поделиться',
    copied: 'Скопировано',
    failed: 'Здесь не получилось. Сделайте снимок экрана',
    /** @param {string} host */
    back: (host) => `Вернуться на ${host}`,
  },

  failed: {
    /** @type {Readonly<Record<string, string>>} */
    reasons: {
      declined: 'Оплата не прошла: её отменили в Kaspi',
      ran_out: 'Время на оплату вышло',
      cancelled_on_device: 'Оплату остановили на терминале',
      device_error: 'Терминал не смог принять оплату',
    },
    otherwise: 'Оплата не прошла',
    advice: 'Деньги не списаны',
    again: 'Попробовать ещё раз',
  },
  refused: {
    /** @type {Readonly<Record<string, readonly [string, string]>>} */
    reasons: {
      terminals_unavailable: ['Терминалы сейчас недоступны', 'Попробуйте через полминуты'],
      taking_money_is_off: ['Приём платежей остановлен', 'Это ненадолго, попробуйте позже'],
      limit_reached: ['Сейчас платит слишком много людей', 'Попробуйте через минуту'],
      source_disabled: ['Продавец сейчас не принимает оплату', 'Спросите у него другой способ'],
      too_many_attempts: ['Слишком много попыток', 'Попросите у продавца новую ссылку'],
      amount_too_small: ['Сумма мала для этого способа', 'Выберите другой'],
      amount_too_large: ['Сумма велика для этого способа', 'Выберите другой'],
      attempt_in_progress: ['Прежняя оплата ещё идёт', 'Дождитесь её конца и попробуйте ещё раз'],
    },
    otherwise: ['Не получилось начать оплату', 'Деньги не списаны, попробуйте ещё раз'],
  },

  rest: {
    /** @param {string} sum */
    advice: (sum) => `Осталось доплатить ${sum}`,
    /** @type {Readonly<Record<string, string>>} */
    used: {
      kaspi_gold: 'Вы оплатили через Kaspi Gold, его комиссия выше',
      kaspi_red: 'Вы оплатили через Kaspi Red, его комиссия выше',
      kaspi_credit: 'Вы оплатили в кредит, его комиссия выше',
      kaspi_installment_12: 'Вы оплатили в рассрочку, её комиссия выше',
      kaspi_installment_24: 'Вы оплатили в рассрочку, её комиссия выше',
      card: 'Вы оплатили картой, её комиссия выше',
      alaqan: 'Вы оплатили ладонью, комиссия Alaqan выше',
    },
    /** @param {string} sum */
    paid: (sum) => `Вы уже заплатили ${sum}`,
    how: 'Как получилась эта сумма',
    original: 'Цена без комиссии',
    youPaid: 'Вы заплатили',
    /** @param {number | null} value */
    commission: (value) =>
      value === null ? 'Из них комиссия' : `Из них комиссия ${percent(value)}`,
    credited: 'Зачтено продавцу',
    left: 'Осталось без комиссии',
    /** @param {string} product @param {number} value */
    due: (product, value) => `К доплате через ${product}, комиссия ${percent(value)}`,
    /** @param {string} sum */
    pay: (sum) => `Доплатить ${sum}`,
  },

  cancelled: {
    headline: 'Платёж отменён',
    advice: 'Если вы передумали, попросите у продавца новую ссылку',
    expired: 'Срок оплаты истёк',
    expiredAdvice: 'Попросите у продавца новую ссылку',
    /** @param {string} sum */
    paid: (sum) => `Заплаченные ${sum} вернут. Спросите у продавца, когда`,
    /** @param {string} sum */
    refunded: (sum) => `Возвращено ${sum}`,
  },
  missing: {
    headline: 'Такого платежа нет',
    advice: 'Проверьте ссылку или попросите у продавца новую',
  },

  refund: {
    preparing: ['Готовим QR возврата…', 'Обычно это несколько секунд'],
    confirm: ['Подтвердите возврат в приложении', 'Как только банк ответит, мы покажем это здесь'],
    unknown: ['Банк ещё не подтвердил возврат', 'Мы проверяем и сообщим здесь'],
    onComputer: 'Отсканируйте QR возврата в приложении Kaspi',
    onPhone: 'Откройте Kaspi, чтобы получить деньги',
    advice: 'Деньги вернутся туда, откуда вы платили',
    picture: 'QR возврата для приложения Kaspi',
  },
  line: {
    loading: 'Загружаем платёж…',
    lost: 'Нет связи. Показано последнее, что мы знаем. Пробуем снова',
    back: 'Связь есть',
  },
}

/** @typedef {typeof ru} Words */
