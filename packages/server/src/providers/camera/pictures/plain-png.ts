// Makes a stranger's PNG harmless: only the chunks that hold the picture are left, and what they unpack
// to has a limit. A few kilobytes of zeros could become gigabytes in a decoder otherwise.

import { inflateSync } from 'node:zlib'

const SIGNATURE_BYTES = 8
const HEADER_BYTES = 8
const CHECKSUM_BYTES = 4
const PICTURE_CHUNKS: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND'])

/** The file without its other chunks, or null when it is broken or unpacks to more than the limit. */
export function plainPng(file: Uint8Array, unpackedBytes: number): Uint8Array | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const kept = [bytes.subarray(0, SIGNATURE_BYTES)]
  const packed: Buffer[] = []
  for (let at = SIGNATURE_BYTES; at + HEADER_BYTES <= bytes.length; ) {
    const name = bytes.toString('latin1', at + 4, at + HEADER_BYTES)
    const contentEnd = at + HEADER_BYTES + bytes.readUInt32BE(at)
    if (name === 'IDAT') packed.push(bytes.subarray(at + HEADER_BYTES, contentEnd))
    if (PICTURE_CHUNKS.has(name)) kept.push(bytes.subarray(at, contentEnd + CHECKSUM_BYTES))
    if (name === 'IEND') break
    at = contentEnd + CHECKSUM_BYTES
  }
  try {
    inflateSync(Buffer.concat(packed), { maxOutputLength: unpackedBytes })
    return Buffer.concat(kept)
  } catch {
    return null
  }
}
