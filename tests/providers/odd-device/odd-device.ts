// A second Kaspi Smart POS terminal for tests, written from the protocol page alone and independent
// of the simulator: it tells one story after another in its own dialect. It is strict with whoever
// calls it and keeps every offence against the page for the test to see.

import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Dialect } from './dialect.ts'
import { type HttpRequest, type Reply, serveSocket } from './http-socket.ts'
import { answered, type JsonObject, plainError, plainStart, plainStatus } from './plain-answer.ts'
import { type Protection, type TokenAnswer, tokenAnswer } from './protection.ts'
import { type SpokenVersion, spokenAnswer } from './spoken-answer.ts'
import type { Story, Word } from './story.ts'
import { plainWireAnswer } from './wire-answer.ts'

export interface OddDeviceOptions {
  readonly dialect?: Dialect
  readonly version?: SpokenVersion
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly protection?: Protection
  /** The story of the payment that is asked for, in whole tenge. */
  readonly story: (tenge: number) => Story
}

export interface OddDevice {
  readonly port: number
  /** Verbs in the order of the calls. */
  readonly calls: readonly string[]
  /** What the driver did that the page does not allow. */
  readonly offences: readonly string[]
  /** How many words of the story have been told, accidents too. */
  readonly toldCount: number
  /** Goes on with the story: the words come after those told so far. */
  tell(...words: Word[]): void
  close(): Promise<void>
}

/** What a device remembers while it is on. */
interface Memory {
  story: Story | null
  words: Word[]
  toldCount: number
  readonly calls: string[]
  readonly offences: string[]
}

export async function openOddDevice(options: OddDeviceOptions): Promise<OddDevice> {
  const memory: Memory = { story: null, words: [], toldCount: 0, calls: [], offences: [] }
  const sockets = new Set<Socket>()
  const onSocket = (socket: Socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)))
    void serveSocket(socket, (request) => reply(options, memory, request))
  }
  const { tls } = options
  const server = tls === undefined ? createServer(onSocket) : createTlsServer(tls, onSocket)
  server.on('tlsClientError', () => {})
  const port = await listen(server)
  return {
    port,
    calls: memory.calls,
    offences: memory.offences,
    get toldCount() {
      return memory.toldCount
    },
    tell: (...words) => {
      memory.words.splice(memory.toldCount, Number.POSITIVE_INFINITY, ...words)
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

export async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

async function reply(
  options: OddDeviceOptions,
  memory: Memory,
  request: HttpRequest,
): Promise<Reply> {
  const { dialect = {}, version = 'v2', protection } = options
  const speak = (answer: JsonObject) => spokenAnswer(answer, dialect, version)
  const prefix = version === 'v2' ? '/v2/' : '/'
  const verb = request.url.pathname.startsWith(prefix)
    ? request.url.pathname.slice(prefix.length)
    : request.url.pathname
  memory.calls.push(verb)
  offend(memory, request)
  if (protection !== undefined) {
    const answer = await tokenAnswer(protection, verb, request)
    if (answer !== null) return speakToken(answer, speak)
  }
  switch (verb) {
    case 'payment':
      return startPayment(options, memory, request, speak)
    case 'status':
    case 'actualize':
      return nextWord(memory, request, verb, speak)
    case 'deviceinfo':
      return speak(answered({ posNum: '7', serialNum: 'N5100012345', terminalId: '31104288' }))
    default:
      return speak(plainError(999))
  }
}

function offend({ offences }: Memory, { method, headers }: HttpRequest): void {
  if (method !== 'GET') offences.push(`method ${method}`)
  for (const name of ['content-length', 'transfer-encoding', 'accept-encoding', 'expect']) {
    if (headers.has(name)) offences.push(`header ${name}`)
  }
}

function speakToken(answer: TokenAnswer, speak: (answer: JsonObject) => Reply): Reply {
  if (answer.kind === 'told') {
    const spoken = speak(answer.json)
    return answer.accident === null ? spoken : broken(answer.accident, spoken)
  }
  const httpStatus = answer.kind === 'expired' ? 403 : 401
  return { ...plainWireAnswer(answer.body), httpStatus, reason: '' }
}

/** One operation at a time: a second start while the first one lives is answered 107. */
function startPayment(
  { story: write }: OddDeviceOptions,
  memory: Memory,
  { url, formerCount }: HttpRequest,
  speak: (answer: JsonObject) => Reply,
): Reply {
  if (formerCount > 0) memory.offences.push('a start on a used connection')
  const amount = url.searchParams.get('amount') ?? ''
  if (!/^[1-9]\d{0,9}$/.test(amount)) {
    memory.offences.push(`amount ${amount}`)
    return speak(plainError(999))
  }
  if (isAlive(memory)) return speak(plainError(107))
  const story = write(Number(amount))
  const accepted = speak(plainStart(story.processId))
  Object.assign(memory, { story, words: [...story.words], toldCount: 0 })
  switch (story.start.kind) {
    case 'accepted':
      return accepted
    case 'error':
      memory.story = null
      return speak(plainError(story.start.code))
    case 'accident':
      return broken(story.start.accident, accepted)
  }
}

function isAlive({ story, words, toldCount }: Memory): boolean {
  const last = words[Math.min(toldCount, words.length) - 1]
  return story !== null && last?.kind !== 'paid' && last?.kind !== 'failed'
}

function nextWord(
  memory: Memory,
  { url }: HttpRequest,
  verb: 'status' | 'actualize',
  speak: (answer: JsonObject) => Reply,
): Reply {
  const { story, words, offences } = memory
  const processId = url.searchParams.get('processId') ?? ''
  if (story === null || processId !== story.processId) {
    offences.push(`processId ${processId}`)
    return speak(plainError(101))
  }
  const former = words[memory.toldCount - 1]
  if (verb === 'actualize' && former?.kind !== 'unknown') return speak(plainError(103))
  const stays = verb === 'status' && former?.kind === 'unknown'
  const word = (stays ? undefined : words[memory.toldCount]) ?? former
  if (word === undefined) return speak(plainError(105))
  if (!stays && memory.toldCount < words.length) memory.toldCount += 1
  if (word.kind !== 'accident') return speak(plainStatus(processId, word))
  return broken(word.accident, speak(plainStatus(processId, { kind: 'unknown' })))
}

function broken(accident: Extract<Word, { kind: 'accident' }>['accident'], answer: Reply): Reply {
  return 'accident' in answer ? answer : { accident, answer }
}
