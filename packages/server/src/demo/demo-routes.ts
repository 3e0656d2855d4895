// `/demo/`: the page of the pretend world, on the centre's own origin. Its files are served here; whatever it
// shows or does is a call of the simulator's, passed on over the wire. It must never exist in production,
// and never pass on a call that is not on the list.

import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type PageFile, pageFile, readPageFiles, sendPageFile } from '../http/page-files.ts'
import { pagePolicy } from '../http/page-policy.ts'
import { Refusal } from '../http/refusal.ts'

/** `GET /demo/about`: how a visitor gets into the console. */
export interface AboutDemo {
  readonly admin_phone: string
  readonly sms: string
  /** Where the codes are, when they go to a file. */
  readonly sms_path: string | null
}

/** What the page may ask of the simulator, by the simulator's own addresses. */
const CALLS = [
  ['GET', '/state'],
  ['GET', '/terminals/:n(^\\d{1,4}$)/qr.svg'],
  ['GET', '/terminals/:n(^\\d{1,4}$)/sight.png'],
  ['POST', '/terminals/:n(^\\d{1,4}$)/press'],
  ['POST', '/terminals/:n(^\\d{1,4}$)/card'],
  ['POST', '/terminals/:n(^\\d{1,4}$)/key-sale'],
  ['POST', '/terminals/:n(^\\d{1,4}$)/reboot'],
  ['POST', '/terminals/:n(^\\d{1,4}$)/faults'],
  ['POST', '/faults'],
  ['DELETE', '/faults'],
  ['POST', '/phone/scan'],
  ['POST', '/phone/decide'],
  ['POST', '/phone/network'],
  ['POST', '/phone/put-away'],
  ['POST', '/shop/orders'],
  ['POST', '/shop/orders/:id(^[0-9A-F]{32}$)/refund'],
] as const

/** A refund waits for a terminal. */
const ANSWER_MS = 75_000
const PREFIX = '/demo'
const FOR_EVER = 'public, max-age=31536000, immutable'

export function demoRoutes(simulatorUrl: string, about: AboutDemo): FastifyPluginAsync {
  return async (app) => {
    const { page, files, version } = readDemoFiles()
    const policy = pagePolicy()
    app.get('/', (request, reply) =>
      sendPageFile(request, reply.header('content-security-policy', policy), page),
    )
    for (const [path, file] of files) {
      app.get(`/assets/${version}/${path}`, (request, reply) =>
        sendPageFile(request, reply.header('cache-control', FOR_EVER), file),
      )
    }
    app.get('/about', () => about)
    for (const [method, url] of CALLS) {
      const handler = (request: FastifyRequest, reply: FastifyReply) =>
        passOn(simulatorUrl, request, reply)
      app.route({ method, url, handler })
    }
  }
}

async function passOn(simulatorUrl: string, request: FastifyRequest, reply: FastifyReply) {
  const { method, body, url } = request
  // A form of another site can be sent without asking, a body of JSON cannot.
  if (method === 'POST' && body === undefined) throw new Refusal('wrong_content_type')
  try {
    const response = await fetch(simulatorUrl + url.slice(PREFIX.length), {
      method,
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const type = response.headers.get('content-type') ?? 'application/octet-stream'
    return reply.code(response.status).type(type).send(bytes)
  } catch {
    // It has been stopped, or is being started: no fault of the centre's to be logged.
    return reply.code(502).send({ success: false, message: 'Имитатор не отвечает' })
  }
}

/** Of the payment page only what is of use to any page. */
const SHARED = ['element.js', 'redraw.js', 'money.js', 'dates.js', 'memory.js', 'clock.js']

function readDemoFiles() {
  const index = fileURLToPath(import.meta.resolve('@byfly-pay/web/demo/index.html'))
  const checkout = fileURLToPath(import.meta.resolve('@byfly-pay/web/checkout/index.html'))
  const own = readPageFiles(dirname(index))
  const shared = readPageFiles(dirname(checkout))
  const version = `${own.version}${shared.version}`
  // Beside each other, as in the sources, so that one may name the other.
  const files = new Map<string, PageFile>()
  for (const [path, file] of own.files) files.set(`demo/${path}`, file)
  for (const [path, file] of shared.files) {
    if (SHARED.includes(path)) files.set(`checkout/${path}`, file)
  }
  const html = readFileSync(index, 'utf8').replaceAll('/assets/-/', `/assets/${version}/`)
  return { page: pageFile('index.html', html), files, version }
}
