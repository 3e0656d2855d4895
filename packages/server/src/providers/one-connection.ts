// A connector that hands over one connection and no second one, and knows whether it did: the proof
// behind the difference between a refused start and a lost one (S9, S6a).

import type { buildConnector } from 'undici'

export interface OneConnection {
  readonly connect: buildConnector.connector
  /**
   * False: not one byte of the request can have left, now or later. The answer is final, a
   * connection that succeeds after this call is thrown away unused.
   */
  wasMade(): boolean
}

/**
 * The proof is not an error's name. Names differ by platform and version (`ECONNREFUSED`,
 * `ETIMEDOUT`, a TLS alert), and a reset reads the same before and after a request was written; but
 * the HTTP client cannot write on a connection that it was never given.
 */
export function oneConnection(connector: buildConnector.connector): OneConnection {
  let tries = 0
  let made = false
  let over = false
  return {
    connect(options, callback) {
      tries += 1
      if (tries > 1) {
        // Under certain errors undici sends a GET again by itself, over a new connection: it calls
        // that safe. Here it would be a second payment.
        callback(new Error('a start call has one connection'), null)
        return
      }
      connector(options, (error, socket) => {
        if (error !== null) {
          callback(error, null)
        } else if (over) {
          socket.on('error', () => {}).destroy()
          callback(new Error('nobody waits for this connection'), null)
        } else {
          made = true
          callback(null, socket)
        }
      })
    },
    wasMade() {
      over = true
      return made
    },
  }
}
