// A file of any length taken from the centre while it is being written there, with its progress. A file that
// broke off is never saved: half of it would be taken for the whole.

import { CallError, refusalOf, silence } from './call.ts'

/** The centre writes without a pause; a silence as long is a broken connection. */
const SILENCE_MS = 60_000
/** Chunks are folded into one blob now and then, which the browser may keep on its disk. */
const FOLD_BYTES = 8 * 1024 * 1024
const NEW_LINE = 10
const QUOTE = 34

export interface Taken {
  readonly bytes: number
  /** Records of CSV that have come, without the heading; of another kind of file it says nothing. */
  readonly records: number
}

export interface TakenFile extends Taken {
  readonly name: string
  readonly blob: Blob
}

/**
 * @throws CallError for a refusal, for a file that broke off (`broken_off`), and for one that was given up
 *   (`given_up`)
 */
export async function takeFile(
  address: string,
  givenUp: AbortSignal,
  onTaken: (taken: Taken) => void,
): Promise<TakenFile> {
  const silent = new AbortController()
  let alarm = setTimeout(() => silent.abort(), SILENCE_MS)
  try {
    const signal = AbortSignal.any([givenUp, silent.signal])
    const response = await fetch(address, { credentials: 'same-origin', signal })
    if (!response.ok) {
      throw refusalOf(await response.json(), response.status, response.headers.get('retry-after'))
    }
    if (response.body === null) throw silence()
    const type = response.headers.get('content-type') ?? ''
    const recordsIn = recordCounter()
    const file = { blob: new Blob([], { type }), bytes: 0, records: -1 }
    let chunks: Uint8Array<ArrayBuffer>[] = []
    let loose = 0
    for await (const chunk of chunksOf(response.body)) {
      clearTimeout(alarm)
      alarm = setTimeout(() => silent.abort(), SILENCE_MS)
      chunks.push(chunk)
      loose += chunk.length
      file.bytes += chunk.length
      file.records += recordsIn(chunk)
      if (loose >= FOLD_BYTES) {
        file.blob = new Blob([file.blob, ...chunks], { type })
        chunks = []
        loose = 0
      }
      onTaken({ bytes: file.bytes, records: file.records })
    }
    return { ...file, blob: new Blob([file.blob, ...chunks], { type }), name: nameOf(response) }
  } catch (error) {
    if (error instanceof CallError) throw error
    throw ended(givenUp.aborted ? 'given_up' : 'broken_off')
  } finally {
    clearTimeout(alarm)
  }
}

async function* chunksOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** Counts records of CSV as they come: a line that ends within quotes ends no record. */
function recordCounter(): (chunk: Uint8Array) => number {
  let isQuoted = false
  return (chunk) => {
    let records = 0
    for (const byte of chunk) {
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === NEW_LINE && !isQuoted) records += 1
    }
    return records
  }
}

function nameOf(response: Response): string {
  const [, name] =
    /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return name ?? 'export'
}

function ended(code: 'given_up' | 'broken_off'): CallError {
  return new CallError(code, { ...silence(), code })
}

/** Hands the file over to the browser's own downloads. */
export function keepFile({ blob, name }: TakenFile): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
