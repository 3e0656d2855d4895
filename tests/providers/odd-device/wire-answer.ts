// An HTTP answer as a terminal's web server may put it on the socket, written byte by byte: Node's
// own server would tidy away what is odd about it.

export interface WireAnswer {
  httpVersion: '1.0' | '1.1'
  httpStatus: number
  reason: string
  headers: [string, string][]
  /** How every header's name is written. */
  spellName: (name: string) => string
  body: Buffer
  framing: 'length' | 'chunked' | 'until_close'
  /** How the transfer coding is written. */
  codingName: string
  /** How the body is cut into pieces, each of them a chunk where there are chunks. */
  cut: (body: Buffer) => Buffer[]
  chunkExtension: string
  trailer: string
  /** Sent before the answer itself. */
  interim: string
  pauseMs: number
  /** The server hangs up after it, whatever the headers say. */
  hangsUp: boolean
}

export function plainWireAnswer(json: string): WireAnswer {
  return {
    httpVersion: '1.1',
    httpStatus: 200,
    reason: 'OK',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    spellName: (name) => name,
    body: Buffer.from(json),
    framing: 'length',
    codingName: 'chunked',
    cut: (body) => [body],
    chunkExtension: '',
    trailer: '',
    interim: '',
    pauseMs: 0,
    hangsUp: false,
  }
}

/** The pieces in which it is written to the socket, one after another. */
export function wirePieces(answer: WireAnswer): Buffer[] {
  const { httpVersion, httpStatus, reason, framing, interim } = answer
  const lines = [`HTTP/${httpVersion} ${httpStatus} ${reason}`]
  for (const [name, value] of [...answer.headers, ...framingHeaders(answer)]) {
    lines.push(`${answer.spellName(name)}:${value === '' ? '' : ' '}${value}`)
  }
  const head = Buffer.from(`${interim}${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  const pieces = answer.cut(answer.body).filter((piece) => piece.length > 0)
  if (framing !== 'chunked') return [head, ...pieces]
  const chunks = pieces.map((piece) => chunk(piece, answer.chunkExtension))
  return [head, ...chunks, Buffer.from(`0\r\n${answer.trailer}\r\n`)]
}

function framingHeaders({ framing, codingName, body }: WireAnswer): [string, string][] {
  switch (framing) {
    case 'length':
      return [['Content-Length', String(body.length)]]
    case 'chunked':
      return [['Transfer-Encoding', codingName]]
    case 'until_close':
      return []
  }
}

function chunk(piece: Buffer, extension: string): Buffer {
  const size = piece.length.toString(16)
  return Buffer.concat([Buffer.from(`${size}${extension}\r\n`), piece, Buffer.from('\r\n')])
}
