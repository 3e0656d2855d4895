// Turns a list of routes into a request handler: path, limited JSON body, reply. A caller's mistake
// becomes 400 with its message here, so no route needs to catch anything.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { BadInput } from './bad-input.ts'
import type { Handler } from './listener.ts'
import { type Reply, refusalReply } from './reply.ts'

export interface RouteRequest {
  /** The parts of the path named `:name` in the route. */
  readonly path: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Parsed JSON; undefined for GET and DELETE, and where the route reads the text. */
  readonly body: unknown
  /** The body's exact text, for whoever checks a signature over it. */
  readonly text: string
  readonly headers: IncomingHttpHeaders
  /** Aborted when the caller has gone away. */
  readonly gone: AbortSignal
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  /** The body is not JSON: the route reads its text by itself. */
  readonly readsText?: true
  readonly handle: (request: RouteRequest) => Reply | Promise<Reply>
}

const MAX_BODY_BYTES = 64 * 1024

export function router(routes: readonly Route[]): Handler {
  return async (request, response) => {
    const reply = await route(routes, request, response)
    if (response.destroyed) return
    const { status, contentType } = reply
    const headers = { 'content-type': contentType, 'cache-control': 'no-store' }
    if ('chunks' in reply) {
      response.writeHead(status, headers)
      await sendChunks(reply.chunks, response)
    } else {
      const length = Buffer.byteLength(reply.body)
      response.writeHead(status, { ...headers, 'content-length': length, ...reply.headers })
      response.end(reply.body)
    }
  }
}

async function sendChunks(
  chunks: AsyncIterable<Uint8Array>,
  response: ServerResponse,
): Promise<void> {
  try {
    await pipeline(chunks, response)
  } catch (error) {
    // A client that leaves is how an endless answer ends.
    if (!response.destroyed) throw error
  }
}

async function route(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Reply> {
  const url = URL.parse(request.url ?? '', 'http://simulator')
  if (url === null) return refusalReply(400, 'Неверный адрес')
  const matches = routes.flatMap((candidate) => {
    const path = matchPath(candidate.path, url.pathname)
    return path === null ? [] : [{ candidate, path }]
  })
  const match = matches.find(({ candidate }) => candidate.method === request.method)
  if (match === undefined) {
    return matches.length > 0
      ? refusalReply(405, 'Этот метод здесь не поддерживается')
      : refusalReply(404, 'Такого адреса нет')
  }
  const abort = new AbortController()
  response.once('close', () => abort.abort())
  try {
    const isPost = request.method === 'POST'
    const text = isPost ? await readText(request) : ''
    const { candidate, path } = match
    const body = isPost && candidate.readsText === undefined ? parseJson(text) : undefined
    const { headers } = request
    const query = url.searchParams
    return await candidate.handle({ path, query, body, text, headers, gone: abort.signal })
  } catch (error) {
    if (error instanceof BodyTooLarge) return refusalReply(413, 'Тело запроса больше 64 КиБ')
    if (error instanceof BadInput) return refusalReply(400, error.message)
    throw error
  }
}

class BodyTooLarge extends Error {}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    // The rest is read and thrown away: an answer sent over unread data may never arrive.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    else if (size > 100 * MAX_BODY_BYTES) throw new BodyTooLarge()
  }
  if (size > MAX_BODY_BYTES) throw new BodyTooLarge()
  return Buffer.concat(chunks).toString('utf8')
}

/** An empty body is an empty object: `POST /terminals/1/reboot` needs to say nothing. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new BadInput('Тело запроса — не JSON')
  }
}

function matchPath(pattern: string, pathname: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = pathname.split('/')
  if (wanted.length !== given.length) return null
  const path: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':') && value !== '') path[part.slice(1)] = value
    else if (part !== value) return null
  }
  return path
}
