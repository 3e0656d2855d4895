// The chapters of the reference, in two parts: for programs that take money, and for staff.

interface Chapter {
  readonly name: string
  readonly title: string
  readonly description: string
}

const FOR_PROGRAMS = [
  { name: 'payments', title: 'Платежи', description: 'Вызовы вашего сервера.' },
  { name: 'methods', title: 'Способы оплаты', description: 'Чем платят и сколько это стоит.' },
  { name: 'webhooks', title: 'Вебхуки', description: 'Вызовы центра к вашему серверу.' },
  {
    name: 'page',
    title: 'Страница оплаты',
    description: 'Что видит покупатель. Токен не нужен: ключ — номер платежа.',
  },
  { name: 'health', title: 'Состояние центра', description: 'Для тех, кто его держит.' },
] as const satisfies readonly Chapter[]

const FOR_STAFF = [
  {
    name: 'login',
    title: 'Вход',
    description:
      'Вход по коду из SMS и, если включён, по второму фактору. Полученный токен передавайте в ' +
      '`Authorization: Bearer …`; он живёт 12 часов и умирает сразу, как только вы вышли или вас ' +
      'заблокировали. Права берутся из базы при каждом запросе, а не из токена.',
  },
  {
    name: 'own-login',
    title: 'Мой вход',
    description: 'Кто вошёл, его сессии и второй фактор.',
  },
  {
    name: 'setup',
    title: 'Первый запуск',
    description:
      'Пока в центре нет ни одного сотрудника, первого заводят здесь по коду установки. Потом все ' +
      'эти вызовы навсегда отвечают 403 `setup_closed`. Только по https или с самого сервера.',
  },
  {
    name: 'transactions',
    title: 'Платежи центра',
    description:
      'Поиск, история, отмена, ручное решение, выгрузка; суммы — в тиынах. Видны платежи ваших ' +
      'стран и платёжных систем, кассиру и разработчику — только источников из его списка. ' +
      'Остальных для вас нет: их нет в списках, итогах и выгрузках, по номеру — 404.',
  },
  {
    name: 'deliveries',
    title: 'Доставка вебхуков',
    description: 'О чём и когда сообщили источникам. Видны вебхуки тех платежей, что видны вам.',
  },
  {
    name: 'figures',
    title: 'Отчёты',
    description: 'Оборот, комиссии и конверсия; суммы — в тиынах. Только по тому, что видно вам.',
  },
  {
    name: 'sources',
    title: 'Источники',
    description:
      'Сайты, приложения и другие программы, которые берут оплату. Видны источники ваших стран; ' +
      'разработчику и кассиру — только из его списка. Остальных для вас нет: их нет в списке, по ' +
      'номеру — 404.',
  },
  {
    name: 'terminals',
    title: 'Терминалы',
    description:
      'Терминалы и их камеры. Видны терминалы ваших стран и платёжных систем; остальных для вас ' +
      'нет: их нет в списке, по номеру — 404.',
  },
  {
    name: 'refunds',
    title: 'Возвраты',
    description:
      'Деньги, которые возвращаются клиентам; суммы — в тиынах. Больше взятого вернуть нельзя. Видны ' +
      'возвраты платежей, которые видны вам.',
  },
  {
    name: 'staff-methods',
    title: 'Способы оплаты и ставки',
    description:
      'Что может выбрать покупатель и сколько это стоит; суммы — в тиынах. Видны способы ваших ' +
      'стран и платёжных систем; остальных для вас нет: их нет в списке, по номеру — 404.',
  },
  {
    name: 'places',
    title: 'Страны и платёжные системы',
    description: 'К чему относятся источники, терминалы и способы оплаты. Одни на весь центр.',
  },
  {
    name: 'desks',
    title: 'Столы',
    description:
      'Всё, что ждёт человека: неизвестные результаты, поздние деньги, переплаты, возвраты, ' +
      'терминалы, деньги мимо центра, расхождения с выпиской. Видно то, что относится к вашим ' +
      'странам и платёжным системам; остального для вас нет.',
  },
  {
    name: 'statements',
    title: 'Выписки банка и дни',
    description:
      'Выписка сверяется с деньгами центра: что сошлось, чего нет здесь, чего нет там, что ' +
      'расходится. Расхождения ложатся на столы. Суммы — в тиынах.',
  },
  {
    name: 'admins',
    title: 'Сотрудники',
    description: 'Кто может войти и что ему видно. Для супер-админов.',
  },
  {
    name: 'alerts',
    title: 'Тревоги',
    description: 'О чём центр предупреждает сам: в консоли, по SMS и в Telegram.',
  },
  {
    name: 'centre',
    title: 'Центр',
    description: 'Выключатель приёма денег, журнал и отправка SMS. Одни на весь центр.',
  },
] as const satisfies readonly Chapter[]

/** Webhooks are no operations of the centre and have a description of their own. */
export type Tag = Exclude<(typeof FOR_PROGRAMS | typeof FOR_STAFF)[number]['name'], 'webhooks'>

export const TAGS = [...FOR_PROGRAMS, ...FOR_STAFF].map(({ name, title, description }) => ({
  name,
  'x-displayName': title,
  description,
}))

export const TAG_GROUPS = [
  { name: 'Для сайтов и программ', tags: FOR_PROGRAMS.map(({ name }) => name) },
  { name: 'Для сотрудников', tags: FOR_STAFF.map(({ name }) => name) },
]
