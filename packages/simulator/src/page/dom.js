// What the parts of the page share: building elements, asking the simulator, writing sums and times.
// Texts go in as text nodes only, so nothing that came from outside can become HTML.

/**
 * An element with attributes and children. A function among the attributes is a listener (`onclick`),
 * true and false set and leave out; children that are null or false are left out.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(attribute.slice(2), value)
    else if (value !== false) element.setAttribute(attribute, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== null && child !== false))
  return element
}

export function button(text, press, attributes = {}) {
  return el('button', { type: 'button', onclick: press, ...attributes }, text)
}

export const LOST = 'Имитатор не отвечает. Похоже, его остановили.'

/** Sends a person's wish to the simulator; what it refuses is shown above the page. */
export async function send(method, path, body) {
  try {
    const response = await fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    notify(response.ok ? '' : answer.message)
    return response.ok ? answer : null
  } catch {
    notify(LOST)
    return null
  }
}

export function notify(text) {
  const notice = document.getElementById('notice')
  notice.hidden = text === ''
  if (notice.textContent !== text) notice.textContent = text
}

const numbers = new Intl.NumberFormat('ru-RU')

/** `10 100 ₸` */
export function tenge(amount) {
  return `${numbers.format(amount)}\u00a0₸`
}

/** `24.11.2026, 15:30:12` */
export function moment(iso) {
  return new Date(iso).toLocaleString('ru-RU', { dateStyle: 'short', timeStyle: 'medium' })
}

export function productName(product, months) {
  if (product === 'Loan') return `рассрочка на ${months} мес.`
  return product === 'Gold' || product === 'Red' ? `Kaspi ${product}` : product
}
