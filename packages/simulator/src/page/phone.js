// The drawn phone: it scans a QR, shows the sum, lets the customer choose and decide. Like a real one it
// knows only what it has scanned, never what a terminal thinks.
import { button, el, productName, send, tenge } from './dom.js'

const CHOICES = [
  { product: 'Gold' },
  { product: 'Red' },
  ...[3, 6, 12, 24].map((loan_term) => ({ product: 'Loan', loan_term })),
]

const DELAYS = [
  [0, 'сразу'],
  [5_000, 'через 5 секунд'],
  [30_000, 'через 30 секунд'],
  [90_000, 'через 90 секунд: банк столько не ждёт'],
]

/** Returns what to call with a QR that the phone is pointed at. */
export function phoneIn(place) {
  const show = (...parts) => place.replaceChildren(...parts)

  async function scan(qr) {
    const seen = await send('POST', '/phone/scan', { qr, outcome: 'leave' })
    if (seen === null) return
    show(...questionParts(qr, seen))
    place.scrollIntoView({ block: 'nearest' })
  }

  function showReady() {
    const link = el('input', {
      type: 'url',
      required: true,
      placeholder: 'https://qr.kaspi.kz/…',
      'aria-label': 'Ссылка из QR-кода',
    })
    const open = (event) => {
      event.preventDefault()
      scan(link.value)
    }
    show(
      el('p', { class: 'headline' }, 'Наведите на QR'),
      el('p', { class: 'quiet' }, 'Нажмите на QR-код терминала или вставьте ссылку с него.'),
      el('form', { onsubmit: open }, link, el('button', { type: 'submit' }, 'Открыть')),
    )
  }

  function questionParts(qr, { amount_tenge, kind }) {
    const isRefund = kind === 'refund'
    const delay = el(
      'select',
      {},
      ...DELAYS.map(([value, text]) => el('option', { value: String(value) }, text)),
    )
    const decide = async (outcome) => {
      const choice = CHOICES[place.querySelector('input:checked')?.value ?? 0]
      const after_ms = Number(delay.value)
      const body = { qr, outcome, after_ms, ...choice }
      const decided = await send('POST', '/phone/decide', body)
      const how = choiceName(choice)
      if (decided === null) showDone('Поздно', 'Этот QR-код больше не действует')
      else showDone(...doneTexts(outcome, after_ms, { amount_tenge, isRefund, how }))
    }
    const pay = isRefund ? `Получить ${tenge(amount_tenge)}` : `Оплатить ${tenge(amount_tenge)}`
    return [
      el('p', { class: 'quiet' }, isRefund ? 'Возврат' : 'К оплате'),
      el('p', { class: 'sum' }, tenge(amount_tenge)),
      isRefund ? '' : choices(),
      el('label', {}, 'Ответить', delay),
      button(pay, () => decide('confirm'), { class: 'main' }),
      button('Отказаться', () => decide('decline')),
      button('Уйти, ничего не нажав', () =>
        showDone('Покупатель ушёл', 'Терминал ещё минуту ждёт ответа'),
      ),
    ]
  }

  function showDone(headline, advice) {
    show(
      el('p', { class: 'headline' }, headline),
      el('p', { class: 'quiet' }, advice),
      button('Сканировать ещё', showReady, { class: 'main' }),
    )
  }

  showReady()
  return scan
}

function choices() {
  return el(
    'fieldset',
    {},
    el('legend', {}, 'Чем платить'),
    ...CHOICES.map((choice, index) => {
      const value = String(index)
      const radio = el('input', { type: 'radio', name: 'product', value, checked: index === 0 })
      return el('label', { class: 'choice' }, radio, choiceName(choice))
    }),
  )
}

function choiceName({ product, loan_term }) {
  const name = productName(product, loan_term)
  return name[0].toUpperCase() + name.slice(1)
}

function doneTexts(outcome, afterMs, { amount_tenge, isRefund, how }) {
  if (afterMs > 0) {
    const answer = outcome === 'decline' ? 'Отказ' : 'Подтверждение'
    return ['Готово', `${answer} уйдёт через ${afterMs / 1_000} секунд`]
  }
  if (outcome === 'decline') return ['Вы отказались', 'Деньги не списаны']
  return isRefund
    ? [`Возвращено ${tenge(amount_tenge)}`, 'Деньги придут тем же путём, каким платили']
    : [`Оплачено ${tenge(amount_tenge)}`, how]
}
