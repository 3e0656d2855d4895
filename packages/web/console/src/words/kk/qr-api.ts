// Kazakh: Kaspi QR API.

import type { qrApi as russian } from '../ru/qr-api.ts'
import type { Shape } from '../shape.ts'

export const qrApi: Shape<typeof russian> = {
  text:
    'Kaspi QR API төлемді терминалсыз қабылдайды: QR не сілтемені банктің өзі береді. Мекенжай, схема және кілт ' +
    'не сертификат банкпен шартта жазылған. Қосылым тіркелген соң, «Тәсілдер мен мөлшерлемелер» бөлімінде әр ' +
    'тәсілді немен қабылдайтынын таңдаңыз.',
  add: 'Қосылым қосу',
  none: 'Қосылым жоқ: төлемді терминалдар қабылдайды',
  name: 'Аты',
  address: 'API мекенжайы',
  addressHint: 'Шарттан: атау не https://атау:порт',
  scheme: 'Схема',
  schemes: {
    r1: 'r1: кілтпен, қайтарусыз',
    r2: 'r2: сертификатпен, сатып алушымен қайтару',
    r3: 'r3: сертификат пен БСН арқылы, сатып алушысыз қайтару',
  },
  form: 'Банк не береді',
  forms: { qr: 'QR-код', link: 'Төлем сілтемесі' },
  tradePoint: 'Сауда нүктесінің нөмірі',
  apiKey: 'API кілті',
  secretHint: 'Көрсетілмейді. Өзгертпеу үшін бос қалдырыңыз',
  certificate: 'Сертификат файлы',
  certificateHint:
    'Әр сервердегі BYFLY_BANK_CERTIFICATES қалтасындағы PEM, PFX не P12 файлының аты',
  keyFile: 'Кілт файлы, бөлек болса',
  passphrase: 'Кілт құпиясөзі',
  bin: 'Ұйымның БСН-і',
  tls: 'Банк сертификаты',
  tlsModes: { strict: 'Әдеттегідей тексеру', pinned: 'Тек алғаш көргенге сену' },
  active: 'Жаңа төлем қабылдайды',
  notRegistered: 'Тіркелмеген',
  refused: 'Банк жібермейді',
  silent: 'Банк жауап бермейді',
  certificateUntil: (day) => `Сертификат ${day} дейін`,
  check: 'Тексеру',
  register: 'Тіркеу',
  route: 'Немен қабылдау',
  routes: {
    terminals_first: 'Терминал, босы болмаса — QR API',
    terminals_only: 'Тек терминалдар',
    qr_api_only: 'Тек QR API',
  },
}
