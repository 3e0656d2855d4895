// Cuts an endless MJPEG stream into its pictures. Cameras differ in boundaries and headers, so neither
// is read: a JPEG says itself where it begins and ends.

/**
 * Yields one whole JPEG after another. A frame longer than `limitBytes` ends the stream; leaving the
 * loop closes the connection. Throws what the stream throws.
 *
 * Inside the compressed part of a JPEG a byte 0xff is always followed by 0x00 or a restart marker, so
 * neither mark can appear there. Both could in an embedded thumbnail, which streams do not carry; such
 * a frame would be read as its thumbnail, without a code, and the next one tried.
 */
export async function* jpegFrames(
  body: AsyncIterable<Uint8Array>,
  limitBytes: number,
): AsyncGenerator<Uint8Array> {
  let pending = Buffer.alloc(0)
  for await (const chunk of body) {
    pending = Buffer.concat([pending, chunk])
    for (;;) {
      const begin = pending.indexOf(BEGIN)
      if (begin === -1) {
        // The first bytes of a begin marker may be the last ones of this chunk.
        pending = pending.subarray(-(BEGIN.length - 1))
        break
      }
      const end = pending.indexOf(END, begin + BEGIN.length)
      if (end === -1) {
        pending = pending.subarray(begin)
        break
      }
      // A second beginning before the end: the camera broke a frame off and started anew.
      yield pending.subarray(pending.lastIndexOf(BEGIN, end), end + END.length)
      pending = pending.subarray(end + END.length)
    }
    if (pending.length > limitBytes) return
  }
}

const BEGIN = Buffer.from([0xff, 0xd8, 0xff])
const END = Buffer.from([0xff, 0xd9])
