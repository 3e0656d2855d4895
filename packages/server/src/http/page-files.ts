// The files of a page, read and packed once at the start. Their addresses carry a version made of all of
// them, so that a browser may keep them for ever and a new release is another address.

import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
}

export interface PageFile {
  readonly type: string
  readonly whole: Buffer
  readonly packed: Buffer
}

export interface PageFiles {
  readonly version: string
  /** By their path inside the folder. */
  readonly files: ReadonlyMap<string, PageFile>
}

/** Every script and style sheet under the folder. */
export function readPageFiles(folder: string): PageFiles {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(js|css)$/.test(path))
    .sort()
  const files = new Map(
    paths.map((path) => [path, pageFile(path, readFileSync(join(folder, path)))]),
  )
  const sums = [...files].map(([path, { whole }]) => `${path} ${hash('sha256', whole)}`)
  return { version: hash('sha256', sums.join('\n')).slice(0, 16), files }
}

/** @param name tells its type by its ending */
export function pageFile(name: string, content: string | Buffer): PageFile {
  const whole = Buffer.from(content)
  const type = TYPES[name.split('.').at(-1) ?? '']
  if (type === undefined) throw new Error(`У файла страницы неизвестный тип: ${name}`)
  return { type, whole, packed: gzipSync(whole, { level: 9 }) }
}

export function sendPageFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, whole, packed }: PageFile,
): FastifyReply {
  reply.header('vary', 'accept-encoding').type(type)
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(whole)
  return reply.header('content-encoding', 'gzip').send(packed)
}
