// The drawn terminals: what is on each screen now, and the hands of a person who stands before it. A
// card is built once and only its changed parts are drawn anew, so that nothing jumps under a finger.
import { button, el, send, tenge } from './dom.js'

const BLIND_MS = 20_000
const MAX_SALE_TENGE = 1_000_000_000

/** Fault → what a person is told while it waits. */
const FAULT_NAMES = {
  answer_lost: 'ответ на запуск потеряется',
  unknown: 'результат будет неизвестен',
  camera_down: 'камера ослепла',
  token_expires: 'токен истечёт посреди платежа',
  handshake_hang: 'соединение повиснет',
}

const cards = new Map()

/** `scan` is called with the QR that a person has pointed the phone at. */
export function drawTerminals(place, terminals, scan) {
  for (const terminal of terminals) {
    let card = cards.get(terminal.number)
    if (card === undefined) {
      card = newCard(terminal, scan)
      cards.set(terminal.number, card)
      place.append(card.element)
    }
    card.draw(terminal)
  }
}

function newCard(terminal, scan) {
  const { number } = terminal
  const screen = el('div', { class: 'screen' })
  const faults = el('p', { class: 'armed' })
  const title = `Терминал ${number}`
  const element = el(
    'article',
    { class: 'terminal', 'aria-label': title },
    el('div', { class: 'device' }, screen, el('div', { class: 'keys', 'aria-hidden': 'true' })),
    el('h3', {}, title),
    el('p', { class: 'quiet' }, traits(terminal)),
    faults,
    el('details', {}, el('summary', {}, 'Вмешаться'), hands(terminal)),
  )
  let shownScreen = ''
  let shownFaults = null
  return {
    element,
    draw(next) {
      const screenNow = JSON.stringify(next.screen)
      if (screenNow !== shownScreen) {
        shownScreen = screenNow
        screen.dataset.state = next.screen.state
        screen.replaceChildren(...screenParts(number, next.screen, scan))
      }
      const faultsNow = faultsText(next.faults)
      if (faultsNow !== shownFaults) {
        shownFaults = faultsNow
        faults.textContent = faultsNow
      }
    },
  }
}

function traits({ api, is_secure, protection }) {
  const words = [api === 'both' ? 'v1 и v2' : api, is_secure ? 'HTTPS' : 'HTTP']
  if (protection) words.push('защита интеграции')
  return words.join(' · ')
}

function faultsText(names) {
  if (names.length === 0) return ''
  const known = [...new Set(names)].map((name) => FAULT_NAMES[name] ?? name)
  return `Сейчас: ${known.join(', ')}`
}

function screenParts(number, screen, scan) {
  switch (screen.state) {
    case 'off':
      return [say('Выключен')]
    case 'idle':
      return [say('Готов к работе')]
    case 'starting':
      return [say('Готовлю QR…')]
    case 'qr':
      return [
        el('p', { class: 'amount' }, tenge(screen.amount_tenge)),
        el(
          'button',
          { type: 'button', class: 'qr', onclick: () => scan(screen.qr) },
          el('img', {
            src: `/terminals/${number}/qr.svg?${screen.qr.slice(-20)}`,
            alt: 'QR-код на экране',
          }),
          el('span', {}, screen.purpose === 'refund' ? 'Возврат: сканировать' : 'Сканировать'),
        ),
      ]
    case 'confirming':
      return [
        el('p', { class: 'amount' }, tenge(screen.amount_tenge)),
        say('Подтвердите в приложении'),
      ]
    case 'no_link':
      return [sign('?'), say('Нет связи с банком')]
    case 'result':
      return [sign(screen.ok ? '✓' : '×', screen.ok), say(screen.message)]
    case 'asks_permission':
      return [
        say(`Касса «${screen.name}» просит доступ`),
        button('Разрешить', () => press(number, 'allow'), { class: 'main' }),
        button('Запретить', () => press(number, 'forbid')),
      ]
    default:
      return [say(screen.state)]
  }
}

function say(text) {
  return el('p', {}, text)
}

function sign(character, ok = false) {
  return el('span', { class: ok ? 'sign ok' : 'sign', 'aria-hidden': 'true' }, character)
}

function press(number, name) {
  return send('POST', `/terminals/${number}/press`, { button: name })
}

function hands({ number, is_secure, protection }) {
  const base = `/terminals/${number}`
  const arm = (fault) => () => send('POST', `${base}/faults`, fault)
  const post = (path, body) => () => send('POST', base + path, body)
  return el(
    'div',
    { class: 'hands' },
    button('Потерять ответ на запуск', arm({ fault: 'answer_lost' })),
    button('Скрыть результат', arm({ fault: 'unknown', actualize_calls: 2 })),
    button('Ослепить камеру на 20 секунд', arm({ fault: 'camera_down', for_ms: BLIND_MS })),
    button('Повесить соединение', arm({ fault: 'handshake_hang' })),
    button('Перезагрузить', post('/reboot', {})),
    protection && button('Просрочить токены', post('/expire-tokens', {})),
    is_secure && button('Сменить сертификат', post('/certificate', {})),
    button('Отменить все поломки', () => send('DELETE', `${base}/faults`)),
    keyedSale(base),
  )
}

/** A sale past the centre, as a cashier keys it on the device itself. */
function keyedSale(base) {
  const amount = el('input', {
    type: 'number',
    min: '1',
    max: String(MAX_SALE_TENGE),
    value: '500',
    required: true,
    'aria-label': 'Сумма продажи в тенге',
  })
  const start = (event) => {
    event.preventDefault()
    send('POST', `${base}/key-sale`, { amount_tenge: amount.valueAsNumber })
  }
  return el(
    'form',
    { onsubmit: start },
    el('label', {}, 'Продать мимо центра, ₸', amount),
    el('button', { type: 'submit' }, 'Начать'),
  )
}
