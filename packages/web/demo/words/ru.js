// All that the page says, in Russian: the model of the other three languages, which must say the same.

export const ru = {
  code: 'ru',
  name: 'Русский',
  short: 'Рус',
  language: 'Язык',
  title: 'ByFly Pay — демо',
  about:
    'Терминалы, камеры, телефон и деньги здесь ненастоящие. Платёжный центр, его API и вебхуки — настоящие.',
  lost: 'Имитатор не отвечает. Похоже, центр остановили',
  /** @param {string} message */
  refused: (message) => `Не получилось: ${message}`,
  /** @type {Readonly<Record<string, string>>} */
  refusals: {
    not_kaspi: 'Это не QR-код Kaspi',
    no_such_qr: 'Ни один терминал не показывает этот QR-код',
    over: 'QR-код больше не действует',
    already_scanned: 'Этот QR-код уже отсканирован',
    not_scanned: 'Сначала отсканируйте QR-код',
    no_network: 'На телефоне нет сети',
  },
  links: {
    title: 'Ещё в центре',
    console: 'Консоль сотрудников',
    reference: 'Справочник API',
    /** @param {string} phone @param {string | null} path */
    way: (phone, path) =>
      path === null ? `вход: ${phone}` : `вход: ${phone}, код из SMS — в файле ${path}`,
  },
  places: { title: 'Что показать', shop: 'Магазин', terminals: 'Терминалы', phone: 'Телефон' },

  tour: {
    title: 'Обзор за минуту',
    /** @param {number} done @param {number} all */
    count: (done, all) => `${done} из ${all}`,
    done: 'готово',
    over: 'Готово. Теперь попробуйте поломки и возврат',
    steps: {
      order: {
        name: 'Создайте платёж',
        advice: () => 'Нажмите «Оплатить» в магазине: он создаст платёж в центре',
      },
      checkout: {
        name: 'Откройте страницу оплаты',
        advice: () =>
          'Выберите на ней Kaspi Gold: центр займёт терминал и прочитает его QR камерой',
      },
      scan: {
        name: 'Отсканируйте QR',
        advice: () => 'Нажмите на QR на экране терминала: его прочитает телефон',
      },
      other: {
        name: 'Заплатите не Gold',
        advice: () => 'В телефоне выберите рассрочку, её комиссия выше',
      },
      left: {
        name: 'Посмотрите остаток',
        advice: () => 'Центр считает, сколько осталось доплатить',
      },
      webhook: {
        name: 'Вебхук пришёл',
        advice: () => 'Магазин ждёт вебхук и проверит его подпись',
      },
      rest: {
        name: 'Доплатите',
        /** @param {string} sum */
        advice: (sum) => `Осталось ${sum}: нажмите «Доплатить» на странице оплаты и выберите Gold`,
      },
    },
  },

  shop: {
    what: 'Что покупаем',
    tour: 'Тур в Дубай',
    amount: 'Цена, ₸',
    order: 'Оплатить',
    checkout: 'Страница оплаты',
    console: 'В консоли',
    /** @param {string} what */
    orderOf: (what) => `Заказ: ${what}`,
    /** @param {string} sum */
    left: (sum) => `Осталось доплатить ${sum}`,
    /** @param {string} sum */
    refund: (sum) => `Вернуть ${sum}`,
    refunding: 'Возврат идёт: отсканируйте QR на терминале',
    /** @param {string} sum */
    refunded: (sum) => `Возвращено ${sum}`,
  },
  statuses: {
    pending: 'Ждёт оплаты',
    processing: 'Оплачивается',
    partially_paid: 'Оплачен частично',
    paid: 'Оплачен',
    failed: 'Не оплачен',
    cancelled: 'Отменён',
  },
  webhooks: {
    title: 'Вебхуки магазину',
    empty: 'Пока ничего не пришло',
    signed: 'подпись верна',
    unsigned: 'подпись неверна',
    odd: 'Без статуса',
    body: 'Тело',
  },

  terminal: {
    /** @param {number} number */
    name: (number) => `Терминал ${number}`,
    online: 'в сети',
    offline: 'нет сети',
    off: 'выкл.',
  },
  screen: {
    off: 'Перезагружается…',
    idle: 'Готов к оплате',
    starting: 'Готовлю QR…',
    pay: 'К оплате',
    refund: 'Возврат',
    scan: 'Сканировать',
    scanRefund: 'Сканировать возврат',
    picture: 'QR-код на экране',
    confirming: 'Подтвердите в приложении',
    card: 'Читаю карту, не убирайте',
    pin: 'Введите ПИН-код',
    unknown: 'Банк не ответил, результат неизвестен',
    /** @param {string} name */
    asks: (name) => `Касса «${name}» просит доступ`,
    allow: 'Разрешить',
    forbid: 'Запретить',
  },
  camera: {
    name: 'Камера',
    qr: 'видит QR',
    noQr: 'видит экран без QR',
    troubles: {
      blurred: 'не в фокусе',
      blank: 'закрыта',
      garbage: 'присылает мусор',
      down: 'не отвечает',
    },
  },
  hands: {
    card: 'Приложить карту',
    title: 'Вмешаться',
    reboot: 'Перезагрузить',
    cover: 'Закрыть камеру на 20 с',
    blur: 'Сбить фокус камеры на 20 с',
    offline: 'Отключить сеть на 20 с',
    sale: 'Продать на 500 ₸ мимо центра',
  },
  faults: {
    title: 'Поломки',
    about: 'Случится со следующим платежом, на какой бы терминал он ни попал.',
    clear: 'Отменить все',
    /** @param {string} names */
    armed: (names) => `Ждёт: ${names}`,
    offers: {
      refuse_code: 'Терминал откажет',
      answer_lost: 'Ответ потеряется',
      unknown: 'Результат неизвестен',
      other_sum: 'Другая сумма',
      reboot: 'Перезагрузка',
    },
    names: {
      refuse_code: 'отказ на запуск',
      answer_lost: 'потеря ответа',
      unknown: 'неизвестный результат',
      other_sum: 'другая сумма',
      reboot: 'перезагрузка',
      camera_blank: 'закрытая камера',
      camera_blurred: 'камера не в фокусе',
    },
  },
  journal: {
    title: 'Что оплачено на самом деле',
    empty: 'Пока никто не платил',
    pastCentre: 'мимо центра',
  },
  products: {
    names: { Gold: 'Kaspi\u00a0Gold', Red: 'Kaspi\u00a0Red', Credit: 'Кредит', Card: 'Карта' },
    loan: 'Рассрочка, месяцев',
    /** @param {number} months */
    months: (months) => `Рассрочка на ${months} мес.`,
  },

  phone: {
    network: {
      is: 'в сети',
      isNot: 'нет сети',
      lose: 'Отключить сеть',
      bringBack: 'Вернуть сеть',
    },
    ready: {
      headline: 'Наведите на QR',
      scan: 'Сканер',
      nothing: 'Сейчас ни один терминал не показывает QR',
      advice: 'Нажмите на QR терминала, перетащите на него сканер или выберите здесь',
      /** @param {number} number */
      qrAt: (number) => `QR терминала ${number}`,
      /** @param {number} number */
      refundAt: (number) => `Возврат, терминал ${number}`,
      letter: 'Ссылка от магазина',
      checkout: 'Открыть страницу оплаты',
      kaspi: 'Открыть Kaspi',
      paste: 'Вставить ссылку',
      link: 'Ссылка Kaspi',
      open: 'Открыть',
    },
    toPay: 'К оплате',
    toGet: 'Возврат',
    how: 'Чем платить',
    months: 'На сколько месяцев',
    /** @param {string} sum */
    pay: (sum) => `Оплатить ${sum}`,
    /** @param {string} sum */
    get: (sum) => `Получить ${sum}`,
    decline: 'Отказаться',
    otherwise: 'Ответить иначе',
    delay: 'Когда',
    delays: ['сразу', 'через 5 секунд', 'через 30 секунд', 'через 90 секунд, слишком поздно'],
    leave: 'Уйти, ничего не нажав',
    said: {
      question: 'Подтвердите оплату',
      answering: 'Отправляем ответ…',
      left: 'Покупатель ушёл',
      paid: 'Оплачено',
      declined: 'Вы отказались',
      over: 'Время вышло',
    },
    refunded: 'Деньги вернулись',
    refundedHow: 'Туда, откуда вы платили',
    confirmingSoon: 'Подтверждение скоро уйдёт в банк',
    decliningSoon: 'Отказ скоро уйдёт в банк',
    leftAdvice: 'Терминал ещё минуту ждёт ответа',
    declinedAdvice: 'Деньги не списаны',
    overAdvice: 'Этот QR больше не действует, деньги не списаны',
    again: 'На главный экран',
  },
}

/** @typedef {typeof ru} Words */
