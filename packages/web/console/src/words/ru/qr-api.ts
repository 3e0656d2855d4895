// Kaspi QR API: connections of the bank's, and which way a method's money goes.

export const qrApi = {
  text:
    'Kaspi QR API берёт оплату без терминала: банк сам выдаёт QR или ссылку. Адрес, схема и ключ или ' +
    'сертификат — в договоре с банком. Когда подключение зарегистрировано, выберите в «Способах и ставках», ' +
    'чем принимать каждый способ.',
  add: 'Добавить подключение',
  none: 'Подключений нет: оплату берут терминалы',
  name: 'Имя',
  address: 'Адрес API',
  addressHint: 'Из договора: имя или https://имя:порт',
  scheme: 'Схема',
  schemes: {
    r1: 'r1: по ключу, без возвратов',
    r2: 'r2: по сертификату, возврат с покупателем',
    r3: 'r3: по сертификату и БИН, возврат без покупателя',
  },
  form: 'Что выдаёт банк',
  forms: { qr: 'QR-код', link: 'Ссылку на оплату' },
  tradePoint: 'Номер торговой точки',
  apiKey: 'Ключ API',
  secretHint: 'Не показывается. Оставьте пустым, чтобы не менять',
  certificate: 'Файл сертификата',
  certificateHint: 'Имя файла PEM, PFX или P12 в папке BYFLY_BANK_CERTIFICATES на каждом сервере',
  keyFile: 'Файл ключа, если он отдельно',
  passphrase: 'Пароль ключа',
  bin: 'БИН организации',
  tls: 'Сертификат банка',
  tlsModes: { strict: 'Проверять как обычно', pinned: 'Верить только первому увиденному' },
  active: 'Берёт новые платежи',
  notRegistered: 'Не зарегистрировано',
  refused: 'Банк не пускает',
  silent: 'Банк не отвечает',
  certificateUntil: (day: string) => `Сертификат до ${day}`,
  check: 'Проверить',
  register: 'Зарегистрировать',
  route: 'Чем принимать',
  routes: {
    terminals_first: 'Терминал, без свободного — QR API',
    terminals_only: 'Только терминалы',
    qr_api_only: 'Только QR API',
  },
}
