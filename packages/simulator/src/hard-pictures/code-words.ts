// Which word of a QR's message each of its modules belongs to: what error correction counts in. The
// order is that of ISO/IEC 18004, section 7.7.3.
import QRCode from 'qrcode'

export interface CodeWords {
  readonly modules: number
  /** All words, those of error correction included. */
  readonly count: number
  /** Of the module in this row and column; -1 for what is no part of the message. */
  wordAt(row: number, column: number): number
}

const BITS = 8
const TIMING_COLUMN = 6

export function codeWords(text: string): CodeWords {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const { size, reservedBit } = modules
  const words = new Int16Array(size * size).fill(-1)
  let bit = 0
  let isUpward = true
  for (let right = size - 1; right > 0; right -= 2, isUpward = !isUpward) {
    if (right === TIMING_COLUMN) right -= 1
    for (let step = 0; step < size; step += 1) {
      const row = isUpward ? size - 1 - step : step
      for (const at of [row * size + right, row * size + right - 1]) {
        if (reservedBit[at]) continue
        words[at] = Math.floor(bit / BITS)
        bit += 1
      }
    }
  }
  const count = Math.floor(bit / BITS)
  return {
    modules: size,
    count,
    wordAt(row, column) {
      const word = words[row * size + column] ?? -1
      // The last few bits fill no word.
      return word < count ? word : -1
    },
  }
}
