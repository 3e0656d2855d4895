// The console of staff: its page under a policy of its own, and its files as the build left them. All it
// shows it asks of the API; nothing of a payment or a person is written into the HTML here.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Random } from '../../ports/clock.ts'
import { pagePolicy } from '../page-policy.ts'
import { Refusal } from '../refusal.ts'

export interface ConsoleRoutesOptions {
  readonly random: Random
  /** Where the build is; another one in tests. */
  readonly folder?: string
}

const BUILT = fileURLToPath(import.meta.resolve('@byfly-pay/web/console/index.html'))
const NONCE_BYTES = 16
/** Where the build wants the nonce of an answer; vite.config.ts writes the same. */
const NONCE_PLACE = '__CSP_NONCE__'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

interface Asset {
  readonly type: string
  readonly plain: Buffer
  readonly brotli: Buffer | null
}

export const consoleRoutes: FastifyPluginAsync<ConsoleRoutesOptions> = async (app, options) => {
  const folder = options.folder ?? join(BUILT, '..')
  // A centre without it takes payments all the same.
  if (!existsSync(join(folder, 'index.html'))) return
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const assets = readAssets(join(folder, 'assets'))

  app.get('/assets/:name', (request: FastifyRequest<{ Params: { name: string } }>, reply) => {
    const asset = assets.get(request.params.name)
    if (asset === undefined) throw new Refusal('unknown_route')
    return sendAsset(request, reply, asset)
  })
  // Which of its pages it is the console reads off the address itself.
  for (const path of ['/', '/*']) {
    app.get(path, (_request, reply) => {
      const nonce = options.random.bytes(NONCE_BYTES).toString('base64')
      return reply
        .header('content-security-policy', pagePolicy(`'nonce-${nonce}'`))
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(page.replaceAll(NONCE_PLACE, nonce))
    })
  }
}

function readAssets(folder: string): ReadonlyMap<string, Asset> {
  const names = readdirSync(folder)
  const read = (name: string) => readFileSync(join(folder, name))
  return new Map(
    names
      .filter((name) => TYPES[extname(name)] !== undefined)
      .map((name) => {
        const brotli = names.includes(`${name}.br`) ? read(`${name}.br`) : null
        return [name, { type: TYPES[extname(name)] ?? '', plain: read(name), brotli }]
      }),
  )
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  reply
    // The name changes with what is in it.
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'accept-encoding')
    .type(asset.type)
  const isTaken = /\bbr\b/.test(request.headers['accept-encoding'] ?? '')
  if (asset.brotli === null || !isTaken) return reply.send(asset.plain)
  return reply.header('content-encoding', 'br').send(asset.brotli)
}
