// Writes a picture as an uncompressed 24-bit BMP: the format of some cheap cameras, simple enough to
// need no library.
import type { Canvas } from './canvas.ts'

const FILE_HEADER_BYTES = 14
const INFO_HEADER_BYTES = 40
const HEADER_BYTES = FILE_HEADER_BYTES + INFO_HEADER_BYTES

export function encodeBmp({ width, height, data }: Canvas): Uint8Array {
  // Each row is filled up to a multiple of four bytes.
  const rowBytes = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(HEADER_BYTES + rowBytes * height)
  file.write('BM', 0, 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(HEADER_BYTES, 10)
  file.writeUInt32LE(INFO_HEADER_BYTES, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  file.writeUInt32LE(rowBytes * height, 34)
  for (let y = 0; y < height; y += 1) {
    // A positive height means that the lowest row comes first; colours go blue, green, red.
    let to = HEADER_BYTES + (height - 1 - y) * rowBytes
    let from = y * width * 3
    for (let x = 0; x < width; x += 1, from += 3, to += 3) {
      file[to] = data[from + 2] ?? 0
      file[to + 1] = data[from + 1] ?? 0
      file[to + 2] = data[from] ?? 0
    }
  }
  return file
}
