// What an operator should do about an SMS that did not go out: a sentence for each fault, by language.

import type { Language } from '@byfly-pay/core'
import type { TextFault } from '../ports/text-sender.ts'

type Advice = Readonly<Record<TextFault, string>>

const ru: Advice = {
  wrong_request: 'Шлюз не понял запрос: проверьте имя отправителя.',
  wrong_credentials: 'Шлюз не принял логин, пароль или ключ: проверьте их.',
  no_money: 'На счёте у шлюза кончились деньги: пополните его.',
  address_blocked: 'Шлюз временно закрыл доступ с адреса центра: напишите в его поддержку.',
  text_forbidden: 'Шлюз не пропустил текст или имя отправителя: согласуйте их в его кабинете.',
  wrong_phone: 'Шлюз считает номер неверным: проверьте телефон сотрудника.',
  not_deliverable: 'На этот номер шлюз не доставляет: проверьте телефон и направление.',
  repeated: 'Шлюз уже принял такое же сообщение: второй раз оно не отправлялось.',
  refused: 'Шлюз отказал: причина — в его собственных словах.',
  not_connected: 'Со шлюзом нет связи: проверьте сеть и его адрес.',
  no_answer: 'Шлюз не ответил: сообщение могло уйти, повтор не отправлялся.',
  http_status: 'Шлюз ответил ошибкой HTTP: сообщение могло уйти, повтор не отправлялся.',
  bad_answer: 'Ответ шлюза непонятен: сообщение могло уйти, повтор не отправлялся.',
  not_written: 'Файл sms.ndjson не записывается: проверьте права и место в папке данных.',
  not_configured: 'SMS не настроены: выберите шлюз в настройках консоли или задайте BYFLY_SMS.',
  interrupted: 'Центр остановился во время отправки: сообщение могло уйти.',
}

const kk: Advice = {
  wrong_request: 'Шлюз сұрауды түсінбеді: жіберуші атауын тексеріңіз.',
  wrong_credentials: 'Шлюз логинді, құпиясөзді не кілтті қабылдамады: тексеріңіз.',
  no_money: 'Шлюз шотында ақша бітті: толтырыңыз.',
  address_blocked: 'Шлюз орталық мекенжайына қолжетімді уақытша жапты: қолдау қызметіне жазыңыз.',
  text_forbidden: 'Шлюз мәтінді не жіберуші атауын өткізбеді: оларды кабинетінде келісіңіз.',
  wrong_phone: 'Шлюз нөмірді қате деп санайды: қызметкердің телефонын тексеріңіз.',
  not_deliverable: 'Шлюз бұл нөмірге жеткізбейді: телефон мен бағытты тексеріңіз.',
  repeated: 'Шлюз дәл осындай хабарды қабылдаған: екінші рет жіберілген жоқ.',
  refused: 'Шлюз бас тартты: себебі өз сөзінде.',
  not_connected: 'Шлюзбен байланыс жоқ: желі мен оның мекенжайын тексеріңіз.',
  no_answer: 'Шлюз жауап бермеді: хабар кетуі мүмкін, қайталап жіберілген жоқ.',
  http_status: 'Шлюз HTTP қатесімен жауап берді: хабар кетуі мүмкін, қайталап жіберілген жоқ.',
  bad_answer: 'Шлюздің жауабы түсініксіз: хабар кетуі мүмкін, қайталап жіберілген жоқ.',
  not_written: 'sms.ndjson файлы жазылмайды: деректер қалтасындағы рұқсат пен орынды тексеріңіз.',
  not_configured: 'SMS бапталмаған: консоль баптауларында шлюз таңдаңыз не BYFLY_SMS беріңіз.',
  interrupted: 'Жіберу кезінде орталық тоқтады: хабар кетуі мүмкін.',
}

const uz: Advice = {
  wrong_request: 'Shlyuz soʻrovni tushunmadi: yuboruvchi nomini tekshiring.',
  wrong_credentials: 'Shlyuz login, parol yoki kalitni qabul qilmadi: tekshiring.',
  no_money: 'Shlyuz hisobida pul tugadi: toʻldiring.',
  address_blocked:
    'Shlyuz markaz manzilidan kirishni vaqtincha yopdi: qoʻllab-quvvatlashiga yozing.',
  text_forbidden: 'Shlyuz matn yoki yuboruvchi nomini oʻtkazmadi: ularni kabinetida kelishing.',
  wrong_phone: 'Shlyuz raqamni notoʻgʻri deb hisoblaydi: xodim telefonini tekshiring.',
  not_deliverable: 'Shlyuz bu raqamga yetkazmaydi: telefon va yoʻnalishni tekshiring.',
  repeated: 'Shlyuz xuddi shunday xabarni qabul qilgan: ikkinchi marta yuborilmadi.',
  refused: 'Shlyuz rad etdi: sababi oʻz soʻzlarida.',
  not_connected: 'Shlyuz bilan aloqa yoʻq: tarmoq va uning manzilini tekshiring.',
  no_answer: 'Shlyuz javob bermadi: xabar ketgan boʻlishi mumkin, qayta yuborilmadi.',
  http_status:
    'Shlyuz HTTP xatosi bilan javob berdi: xabar ketgan boʻlishi mumkin, qayta yuborilmadi.',
  bad_answer: 'Shlyuz javobi tushunarsiz: xabar ketgan boʻlishi mumkin, qayta yuborilmadi.',
  not_written: 'sms.ndjson fayli yozilmayapti: maʼlumotlar jildidagi ruxsat va joyni tekshiring.',
  not_configured: 'SMS sozlanmagan: konsol sozlamalarida shlyuz tanlang yoki BYFLY_SMS bering.',
  interrupted: 'Yuborish vaqtida markaz toʻxtadi: xabar ketgan boʻlishi mumkin.',
}

const en: Advice = {
  wrong_request: 'The gateway did not understand the request: check the sender’s name.',
  wrong_credentials: 'The gateway did not accept the login, password or key: check them.',
  no_money: 'The gateway’s account has run out of money: top it up.',
  address_blocked:
    'The gateway has closed access from the centre’s address for a while: write to its support.',
  text_forbidden:
    'The gateway did not let the text or the sender’s name through: have them approved there.',
  wrong_phone: 'The gateway takes the number for a wrong one: check the employee’s phone.',
  not_deliverable: 'The gateway does not deliver to this number: check phone and destination.',
  repeated: 'The gateway has accepted the same message already: it was not sent twice.',
  refused: 'The gateway refused: its own words say why.',
  not_connected: 'There is no connection to the gateway: check the network and its address.',
  no_answer: 'The gateway did not answer: the message may have gone, it was not sent again.',
  http_status:
    'The gateway answered with an HTTP error: the message may have gone, it was not sent again.',
  bad_answer:
    'The gateway’s answer is not clear: the message may have gone, it was not sent again.',
  not_written: 'The file sms.ndjson cannot be written: check rights and space in the data folder.',
  not_configured:
    'SMS are not set up: choose a gateway in the console’s settings or set BYFLY_SMS.',
  interrupted: 'The centre stopped while it was sending: the message may have gone.',
}

export const TEXT_ADVICE: Readonly<Record<Language, Advice>> = { ru, kk, uz, en }
