// The customer's page. It shows what the server says and asks again every second and a half; it never
// guesses a state from its own clock, and it never puts a server's text into the page as HTML.

const base = location.pathname.replace(/\/+$/, '')
const ASK_AGAIN_MS = 1500
/** A phone cannot scan its own screen: there the button comes first and the QR is folded below. */
const onPhone = matchMedia('(pointer: coarse)').matches

/** Set while a start is under way: the server has not seen it yet, so only the page can say so. */
let starting = null
/** What the last start came to, when it was no QR: a place in the queue, or a refusal. */
let notice = null
let shown = ''

const element = (id) => document.getElementById(id)

/** `10 100 ₸` from integer tiyn. */
function tenge(tiyn) {
  const decimals = tiyn % 100 === 0 ? 0 : 2
  const number = new Intl.NumberFormat('ru-KZ', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return `${number.format(tiyn / 100)}\u00a0₸`
}

const PRODUCTS = {
  kaspi_gold: 'Kaspi Gold',
  kaspi_red: 'Kaspi Red',
  kaspi_credit: 'Кредит',
  kaspi_installment_12: 'Рассрочка на 12 месяцев',
  kaspi_installment_24: 'Рассрочка на 24 месяца',
}

const FAILURES = {
  declined: 'Оплата не прошла: вы отменили её в Kaspi',
  ran_out: 'Время на оплату вышло',
  cancelled_on_device: 'Оплату остановили на терминале',
}

function screenOf(state) {
  if (state.status === 'paid') {
    const when = new Date(state.paid_at_utc).toLocaleString('ru-KZ', {
      dateStyle: 'short',
      timeStyle: 'short',
    })
    return {
      headline: `Оплачено ${tenge(state.paid_amount)}`,
      advice: `${when}. Номер ${state.transaction_id}`,
    }
  }
  if (state.status === 'cancelled') {
    return state.cancel_reason === 'expired'
      ? { headline: 'Срок оплаты истёк', advice: 'Попросите у продавца новую ссылку' }
      : {
          headline: 'Платёж отменён',
          advice: 'Если вы передумали, попросите у продавца новую ссылку',
        }
  }
  if (state.status === 'processing') return processingScreen(state)
  if (starting !== null) return { headline: 'Готовим QR…', advice: 'Обычно это несколько секунд' }
  if (notice !== null) return { ...notice, methods: true }
  if (state.status === 'partially_paid') {
    return {
      headline: `Осталось доплатить ${tenge(state.remaining_amount)}`,
      advice: `Вы оплатили ${tenge(state.paid_amount)}. Выберите, как доплатить остальное`,
      methods: true,
    }
  }
  if (state.status === 'failed') {
    return {
      headline: FAILURES[state.failure_reason] ?? 'Оплата не прошла',
      advice: 'Деньги не списаны. Выберите способ, чтобы попробовать ещё раз',
      methods: true,
    }
  }
  return { headline: 'Выберите, как удобно оплатить', advice: '', methods: true }
}

function processingScreen(state) {
  if (state.status_detail === 'unknown' || state.status_detail === 'settle_by_hand') {
    return {
      headline: 'Банк ещё не подтвердил результат',
      advice: 'Не платите второй раз, мы проверяем и сообщим здесь',
    }
  }
  if (state.status_detail === 'waiting_for_confirmation') {
    return { headline: 'Подтвердите оплату в приложении', advice: 'Ждём ответа банка' }
  }
  if (state.qr_code !== null && !state.qr_expired) {
    const product = PRODUCTS[state.payment_method]
    return {
      headline: onPhone ? 'Откройте Kaspi, чтобы оплатить' : 'Отсканируйте QR в приложении Kaspi',
      advice: product === undefined ? '' : `В приложении выберите ${product}`,
      qr: true,
    }
  }
  return { headline: 'Готовим QR…', advice: 'Обычно это несколько секунд' }
}

function show(state) {
  const screen = screenOf(state)
  // Rewriting equal words would make a screen reader read them again and a tap miss its button.
  const key = JSON.stringify([screen, state.methods, state.qr_code, state.amount])
  if (key === shown) return
  shown = key
  document.title = screen.headline
  element('seller').textContent = state.seller
  element('subject').textContent = state.description ?? ''
  element('sum').textContent = tenge(
    state.status === 'partially_paid' ? state.remaining_amount : state.amount,
  )
  element('headline').textContent = screen.headline
  element('advice').textContent = screen.advice
  showMethods(screen.methods === true ? state.methods : [])
  element('qr').hidden = screen.qr !== true
  if (screen.qr === true) {
    element('open').hidden = !onPhone
    element('folded').open = !onPhone
    // Of this page's own address, whatever name the customer reached it by.
    element('picture').src = `${base}/qr.svg${new URL(state.qr_image_url).search}`
    element('open').href = state.payment_url
  }
}

function showMethods(methods) {
  const list = element('methods')
  list.hidden = methods.length === 0
  list.replaceChildren(...[...methods].sort((a, b) => a.price - b.price).map(methodButton))
}

function methodButton(method) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'method'
  button.disabled = !method.is_available
  const name = document.createElement('span')
  name.textContent = method.name
  const commission = document.createElement('small')
  commission.textContent = method.is_available
    ? `комиссия ${method.percent}\u00a0%`
    : 'сумма не подходит'
  name.append(commission)
  const price = document.createElement('b')
  price.textContent = tenge(method.price)
  button.append(name, price)
  button.addEventListener('click', () => start(method.code))
  return button
}

async function start(code) {
  if (starting !== null) return
  starting = code
  notice = null
  await look()
  try {
    const response = await fetch(`${base}/start`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ payment_method: code }),
    })
    const answer = await response.json()
    if (answer.success !== true) notice = noticeOf(answer, code)
  } catch {
    notice = { headline: 'Нет связи', advice: 'Проверьте интернет и попробуйте ещё раз' }
  }
  starting = null
  await look()
}

/** In the queue the page keeps asking by itself, so the place is kept (S8). */
function noticeOf(answer, code) {
  if (answer.code === 'terminals_busy' && answer.queue !== undefined) {
    const { position, eta_seconds: seconds } = answer.queue
    setTimeout(() => start(code), 1000)
    return {
      headline: 'Все терминалы заняты',
      advice: `Вы в очереди, место ${position}. Ждать около ${seconds} с`,
    }
  }
  if (answer.code === 'qr_not_ready') {
    setTimeout(() => start(code), 3000)
    return { headline: 'Готовим QR…', advice: 'Ещё немного' }
  }
  return { headline: answer.message, advice: 'Попробуйте ещё раз или выберите другой способ' }
}

async function look() {
  try {
    const response = await fetch(`${base}/state`, { cache: 'no-store' })
    const answer = await response.json()
    if (answer.success === true) return show(answer.data)
    if (response.status === 404) {
      element('headline').textContent = 'Такого платежа нет'
      element('advice').textContent = 'Проверьте ссылку или попросите новую у продавца'
    }
  } catch {
    if (shown === '') element('headline').textContent = 'Нет связи, пробуем снова…'
  }
}

async function keepLooking() {
  for (;;) {
    if (!document.hidden) await look()
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
}

keepLooking()
