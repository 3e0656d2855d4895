// Cuts an endless MJPEG stream into its pictures. Cameras differ in boundaries and headers, so neither
// is read: a JPEG says itself where it begins and ends.

export interface StreamLimits {
  readonly frameBytes: number
  /** Of all that is read, frames or not. */
  readonly streamBytes: number
}

/**
 * Yields one whole JPEG after another, each in a buffer of its own. A frame or a stream that is longer
 * than its limit ends the frames; leaving the loop closes the connection. Throws what the stream throws.
 *
 * Inside the compressed part of a JPEG a byte 0xff is always followed by 0x00 or a restart marker, so
 * neither mark can appear there. Both could in an embedded thumbnail, which streams do not carry; such
 * a frame would be read as its thumbnail, without a code, and the next one tried.
 */
export async function* jpegFrames(
  body: AsyncIterable<Uint8Array>,
  limits: StreamLimits,
): AsyncGenerator<Uint8Array> {
  const pending = new PendingBytes()
  let readBytes = 0
  for await (const chunk of body) {
    readBytes += chunk.length
    pending.append(chunk)
    for (let part = pending.takeToEnd(); part !== null; part = pending.takeToEnd()) {
      // The last beginning counts: before it the camera broke a frame off and started anew.
      const begin = part.lastIndexOf(BEGIN)
      if (begin !== -1) yield new Uint8Array(part.subarray(begin))
    }
    if (pending.length > limits.frameBytes || readBytes > limits.streamBytes) return
  }
}

const BEGIN = Buffer.from([0xff, 0xd8, 0xff])
const END = Buffer.from([0xff, 0xd9])
const FIRST_CAPACITY_BYTES = 64 * 1024

/**
 * What has come in and is not cut yet. Each byte is copied and searched a fixed number of times however
 * small the chunks are, so that a slow drip costs no more than a fast stream.
 */
class PendingBytes {
  #bytes = Buffer.allocUnsafe(FIRST_CAPACITY_BYTES)
  #begin = 0
  #end = 0
  /** No end mark begins before this place. */
  #searched = 0

  get length(): number {
    return this.#end - this.#begin
  }

  append(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#bytes.length) this.#makeRoom(chunk.length)
    this.#bytes.set(chunk, this.#end)
    this.#end += chunk.length
  }

  /** All up to and with the next end mark, valid until the next `append`; null when there is none. */
  takeToEnd(): Buffer | null {
    const mark = this.#bytes.subarray(0, this.#end).indexOf(END, this.#searched)
    if (mark === -1) {
      // The last byte may be the first one of a mark.
      this.#searched = Math.max(this.#searched, this.#end - (END.length - 1))
      return null
    }
    const part = this.#bytes.subarray(this.#begin, mark + END.length)
    this.#begin = mark + END.length
    this.#searched = this.#begin
    return part
  }

  /** Moves what is pending to the front, of a buffer twice as large if it fills more than half. */
  #makeRoom(chunkBytes: number): void {
    const neededBytes = this.length + chunkBytes
    const isRoomy = neededBytes * 2 <= this.#bytes.length
    const target = isRoomy ? this.#bytes : Buffer.allocUnsafe(neededBytes * 2)
    this.#bytes.copy(target, 0, this.#begin, this.#end)
    this.#searched -= this.#begin
    this.#end = this.length
    this.#begin = 0
    this.#bytes = target
  }
}
