// Makes elements. Whatever the server said gets into the page as text, never as HTML.

/** @typedef {Node | string | null} Child */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Readonly<Record<string, string>>} attributes
 * @param {...Child} children null is nothing
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  for (const child of children) if (child !== null) made.append(child)
  return made
}

/**
 * @param {string} className
 * @param {() => void} act
 * @param {...Child} children
 */
export function button(className, act, ...children) {
  const made = element('button', { type: 'button', class: className }, ...children)
  made.addEventListener('click', act)
  return made
}

/**
 * @param {Element} parent
 * @param {readonly Node[]} children
 */
export function fill(parent, children) {
  while (parent.lastChild !== null) parent.lastChild.remove()
  parent.append(...children)
}
