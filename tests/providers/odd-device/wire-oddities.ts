// Oddities below the JSON: how its text is written, and how HTTP carries it. Of each kind a device has
// one or none.

import type { Oddity } from './oddity.ts'
import type { WireAnswer } from './wire-answer.ts'

const RFC_8259 = 'the same JSON text (RFC 8259)'
const ANY_CODE = 'accept HTTP codes other than 200; the envelope says what happened'
const HTTP = 'the page promises HTTP, not one way to write it (RFC 9110, 9112)'
const NOT_PROMISED = 'the answer is JSON; no content type is promised'

export const LETTER_ODDITIES = {
  letters_escaped: {
    legal: RFC_8259,
    write: (json) =>
      json.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  },
  /** Small web servers on Android send what ASCII has not as question marks. */
  letters_as_question_marks: {
    legal: 'texts are for people; a sum that cannot be read is held (S6b)',
    write: (json) => json.replace(/[^\0-\x7f]/g, '?'),
  },
} satisfies Record<string, Oddity>

export const DRESS_ODDITIES = {
  byte_order_mark: {
    legal: 'RFC 8259 lets a reader ignore it, and Windows back ends send it',
    write: (json) => `\ufeff${json}`,
  },
  newline_at_the_end: { legal: RFC_8259, write: (json) => `${json}\r\n\r\n` },
  spaces_before: { legal: RFC_8259, write: (json) => ` \t\r\n${json}` },
  pretty_printed: { legal: RFC_8259, write: pretty },
} satisfies Record<string, Oddity>

/** Line breaks after the marks between values: re-parsing would lose the long numbers. */
function pretty(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|[{[,:]/g, (part) => {
    if (part === ':') return ' : '
    return part.startsWith('"') ? part : `${part}\r\n    `
  })
}

function withStatus(httpStatus: number, reason: string): Oddity {
  return { legal: ANY_CODE, send: (answer) => void Object.assign(answer, { httpStatus, reason }) }
}

export const HTTP_STATUS_ODDITIES = {
  http_201: withStatus(201, 'Created'),
  http_202: withStatus(202, 'Accepted'),
  http_400: withStatus(400, 'Bad Request'),
  http_404: withStatus(404, 'Not Found'),
  http_500: withStatus(500, 'Internal Server Error'),
  http_503: withStatus(503, 'Service Unavailable'),
  reason_absent: withStatus(200, ''),
  reason_in_russian: {
    legal: 'a reason phrase may hold any byte above 0x80 (RFC 9112)',
    send: (answer) => {
      answer.reason = Buffer.from('Всё хорошо').toString('latin1')
    },
  },
} satisfies Record<string, Oddity>

function withType(type: string | null, legal = NOT_PROMISED): Oddity {
  return {
    legal,
    send: (answer) => {
      answer.headers = answer.headers.filter(([name]) => !/^content-type$/i.test(name))
      if (type !== null) answer.headers.push(['Content-Type', type])
    },
  }
}

export const CONTENT_TYPE_ODDITIES = {
  content_type_absent: withType(null),
  content_type_empty: withType(''),
  content_type_text: withType('text/plain'),
  content_type_html: withType('text/html'),
  content_type_bytes: withType('application/octet-stream'),
  content_type_wrong_charset: withType(
    'application/json; charset=windows-1251',
    'JSON between systems is UTF-8 whatever a parameter says (RFC 8259)',
  ),
} satisfies Record<string, Oddity>

export const HEADER_ODDITIES = {
  header_names_upper: renamed((name) => name.toUpperCase()),
  header_names_lower: renamed((name) => name.toLowerCase()),
  many_headers: withHeaders(Array.from({ length: 50 }, (_, n) => [`X-Debug-${n}`, 'x'.repeat(40)])),
  cookies: withHeaders([
    ['Set-Cookie', 'JSESSIONID=1; Path=/'],
    ['Set-Cookie', 'theme=dark'],
  ]),
  identity_encoding: withHeaders([['Content-Encoding', 'identity']]),
  cached: withHeaders([
    ['Cache-Control', 'public, max-age=86400'],
    ['ETag', '"1"'],
    ['Retry-After', '3600'],
    ['Location', 'http://127.0.0.1:9/'],
  ]),
  early_hints: afterInterim('103 Early Hints', 'Link: </logo.png>\r\n'),
  still_processing: afterInterim('102 Processing'),
} satisfies Record<string, Oddity>

function renamed(rename: (name: string) => string): Oddity {
  return {
    legal: 'header names have no case (RFC 9110)',
    send: (answer) => {
      answer.spellName = rename
    },
  }
}

function afterInterim(status: string, headers = ''): Oddity {
  return {
    legal: 'interim answers may come before any answer (RFC 9110)',
    send: (answer) => {
      if (answer.httpVersion === '1.1') answer.interim = `HTTP/1.1 ${status}\r\n${headers}\r\n`
    },
  }
}

function withHeaders(headers: [string, string][]): Oddity {
  return { legal: HTTP, send: (answer) => void answer.headers.push(...headers) }
}

function framed(change: (answer: WireAnswer) => void): Oddity {
  return { legal: HTTP, send: change }
}

const DRIP_PIECE_BYTES = 48
const DRIP_PAUSE_MS = 2

export const FRAMING_ODDITIES = {
  chunks_of_one_byte: framed((answer) => {
    Object.assign(answer, { framing: 'chunked', cut: (body: Buffer) => piecesOf(body, 1) })
  }),
  chunked_in_capitals: framed((answer) => {
    answer.framing = 'chunked'
    answer.spellName = (name) => name.toUpperCase()
    answer.codingName = 'CHUNKED'
  }),
  chunk_ends_inside_a_character: framed((answer) => {
    Object.assign(answer, { framing: 'chunked', cut: cutInsideCharacter })
  }),
  chunks_with_extensions: framed((answer) => {
    answer.framing = 'chunked'
    answer.chunkExtension = ';name="value"'
    answer.trailer = 'X-Checksum: 1\r\n'
  }),
  packets_cut_inside_a_character: framed((answer) => {
    Object.assign(answer, { cut: cutInsideCharacter, pauseMs: DRIP_PAUSE_MS })
  }),
  dripping: framed((answer) => {
    answer.cut = (body) => piecesOf(body, DRIP_PIECE_BYTES)
    answer.pauseMs = DRIP_PAUSE_MS
  }),
  dripping_chunks: framed((answer) => {
    answer.framing = 'chunked'
    answer.cut = (body) => piecesOf(body, DRIP_PIECE_BYTES)
    answer.pauseMs = DRIP_PAUSE_MS
  }),
  ends_by_closing: framed((answer) => {
    answer.framing = 'until_close'
    answer.hangsUp = true
    answer.headers.push(['Connection', 'close'])
  }),
  ends_by_closing_unsaid: framed((answer) => {
    answer.framing = 'until_close'
    answer.hangsUp = true
  }),
  connection_close: framed((answer) => {
    answer.hangsUp = true
    answer.headers.push(['Connection', 'close'])
  }),
  connection_close_that_stays: framed((answer) => {
    answer.headers.push(['Connection', 'close'])
  }),
  keep_alive_that_dies: framed((answer) => {
    answer.hangsUp = true
    answer.headers.push(['Connection', 'keep-alive'], ['Keep-Alive', 'timeout=60, max=100'])
  }),
  keep_alive_of_no_time: framed((answer) => {
    answer.headers.push(['Connection', 'keep-alive'], ['Keep-Alive', 'timeout=0'])
  }),
  http_1_0: framed((answer) => {
    Object.assign(answer, { httpVersion: '1.0', framing: 'until_close', hangsUp: true })
  }),
  http_1_0_with_length: framed((answer) => {
    Object.assign(answer, { httpVersion: '1.0', hangsUp: true })
  }),
  http_1_0_keep_alive: framed((answer) => {
    answer.httpVersion = '1.0'
    answer.headers.push(['Connection', 'keep-alive'])
  }),
} satisfies Record<string, Oddity>

function piecesOf(body: Buffer, sizeBytes: number): Buffer[] {
  const count = Math.ceil(body.length / sizeBytes)
  return Array.from({ length: count }, (_, n) => body.subarray(n * sizeBytes, (n + 1) * sizeBytes))
}

/** After the first byte of the first character that has several; in the middle without one. */
function cutInsideCharacter(body: Buffer): Buffer[] {
  const first = body.findIndex((byte) => byte >= 0xc0)
  const at = first === -1 ? body.length >> 1 : first + 1
  return [body.subarray(0, at), body.subarray(at)]
}
