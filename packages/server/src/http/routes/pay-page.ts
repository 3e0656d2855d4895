// The customer's page itself and its files. All it shows it asks of the calls in pay.ts; nothing of a
// payment is written into the HTML here (A15).

import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type PageFiles, pageFile, readPageFiles, sendPageFile } from '../page-files.ts'
import { pagePolicy } from '../page-policy.ts'

const PAGE_POLICY = pagePolicy()

const FOR_EVER = 'public, max-age=31536000, immutable'
/** What a page of an earlier release asks for. */
const NOT_KEPT = 'no-store'

const NUMBER = /^[0-9A-F]{32}$/i

/** Fetched only when somebody saves a confirmation. */
const LATER = new Set(['features/confirmation-pdf.js'])

export async function payPageRoutes(app: FastifyInstance): Promise<void> {
  const index = fileURLToPath(import.meta.resolve('@byfly-pay/web/checkout/index.html'))
  const own = readPageFiles(dirname(index))
  const page = pageFile('index.html', pageOf(readFileSync(index, 'utf8'), own))
  app.get<{ Params: { id: string } }>('/:id', (request, reply) => {
    const { id } = request.params
    reply.header('content-security-policy', PAGE_POLICY)
    // The first state travels with the modules, so that they need not wait for it when they run.
    if (NUMBER.test(id))
      reply.header('link', `</pay/${id}/state>; rel=preload; as=fetch; crossorigin`)
    return sendPageFile(request, reply, page)
  })
  for (const [path, file] of own.files) {
    app.get<{ Params: { version: string } }>(`/assets/:version/${path}`, (request, reply) => {
      const isOwn = request.params.version === own.version
      return sendPageFile(request, reply.header('cache-control', isOwn ? FOR_EVER : NOT_KEPT), file)
    })
  }
}

/** Every module is asked for at once: found one by one they would cost a round trip each. */
function pageOf(html: string, { version, files }: PageFiles): string {
  const paths = [...files.keys()].filter((path) => path.endsWith('.js') && !LATER.has(path))
  const isFeature = (path: string) => path.startsWith('features/')
  // What the page can do without comes last.
  const modules = [...paths.filter((path) => !isFeature(path)), ...paths.filter(isFeature)]
  const links = modules.map((path) => `<link rel="modulepreload" href="/pay/assets/-/${path}">`)
  return html
    .replace('<!-- modules -->', links.join('\n    '))
    .replaceAll('/pay/assets/-/', `/pay/assets/${version}/`)
}
