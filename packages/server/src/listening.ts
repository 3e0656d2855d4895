// Opens the centre's ports: the app's own, over TLS where there is a certificate, and the plain one that leads
// to it. What an operator has to know of a port that cannot be had is said in words.

import { once } from 'node:events'
import type { Server as PlainServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { redirectToTls } from './http/redirect-to-tls.ts'
import type { Certificate } from './ports/certificate.ts'
import { OperatorError } from './ports/operator-error.ts'

export interface Listening {
  /** As this machine reaches it, without a slash at its end. */
  readonly url: string
  /** New connections get this certificate; those that are open keep theirs. */
  serve(certificate: Certificate): void
  /** Closes the plain port; the app is closed by whoever built it. */
  close(): Promise<void>
}

/** @param publicUrl the base of the addresses given out, known once this has returned */
export async function listen(
  app: FastifyInstance,
  config: Config,
  publicUrl: () => string,
): Promise<Listening> {
  const { host, port, tls } = config
  await app.listen({ host, port }).catch((error: unknown) => {
    throw listenError(error, host, port)
  })
  const { server } = app
  const scheme = server instanceof TlsServer ? 'https' : 'http'
  const url = `${scheme}://${hostInUrl(host)}:${(server.address() as AddressInfo).port}`
  const plain = tls?.redirectPort == null ? null : redirectToTls(publicUrl)
  if (plain !== null) await open(plain, host, tls?.redirectPort ?? 0)
  return {
    url,
    serve({ secure }) {
      if (server instanceof TlsServer) server.setSecureContext(secure)
    },
    async close() {
      if (plain === null) return
      plain.close()
      plain.closeAllConnections()
      await once(plain, 'close')
    },
  }
}

async function open(server: PlainServer, host: string, port: number): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw listenError(error, host, port)
  }
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function listenError(error: unknown, host: string, port: number): Error {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return new OperatorError(
      `Порт ${port} занят. Освободите его или задайте другой: PORT=3001 npm start`,
    )
  }
  if (code === 'EACCES')
    return new OperatorError(`Порт ${port} не для обычного пользователя: задайте PORT`)
  if (code === 'EADDRNOTAVAIL')
    return new OperatorError(`Адреса ${host} нет на этой машине: проверьте HOST`)
  return error as Error
}
