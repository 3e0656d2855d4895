// Where the page may send a customer: to a payment in Kaspi and nowhere else, whatever the server says.

const LINK = /^https:\/\/pay\.kaspi\.kz\/pay\/[0-9A-Za-z_-]{6,128}$/

/**
 * @param {string | null} url
 * @returns {string | null} the same address, or null when it is no payment of Kaspi's
 */
export function kaspiLink(url) {
  return url !== null && LINK.test(url) ? url : null
}
