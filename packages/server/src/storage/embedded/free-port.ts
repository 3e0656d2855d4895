// Ports on the loopback address for the processes the centre starts itself. It must never listen on
// any other address.

import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { EmbeddedDatabaseError } from './embedded-database-error.ts'

// Below the range the system gives to outgoing connections (32768 and up on Linux), so that the
// remembered port is not taken by somebody's short-lived connection at the next start.
const PORT_FROM = 20_000
const PORT_TO = 32_000
const PORT_TRIES_MAX = 50

export async function chooseFreePort(): Promise<number> {
  for (let tries = 0; tries < PORT_TRIES_MAX; tries += 1) {
    const port = randomInt(PORT_FROM, PORT_TO)
    if (await isPortFree(port)) return port
  }
  throw new EmbeddedDatabaseError(
    `Не нашлось свободного порта на 127.0.0.1 между ${PORT_FROM} и ${PORT_TO}. Остановите лишние ` +
      'процессы или задайте DATABASE_URL.',
  )
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      probe.close(() => resolve(true)),
    )
  })
}
