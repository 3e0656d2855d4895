// Whether an XLSX file says that it unpacks within bounds. The reader behind this unpacks no part further
// than it says, so a part that says nothing, or lies in a way that only ZIP64 allows, is refused.

import { PARTS_LIMIT, UNPACKED_BYTES } from './limits.ts'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LONGEST_COMMENT = 0xffff

export function isWithinBounds(file: Buffer): boolean {
  const end = endOfDirectory(file)
  if (end === null) return false
  const count = file.readUInt16LE(end + 10)
  if (count === 0 || count > PARTS_LIMIT) return false
  let at = file.readUInt32LE(end + 16)
  let unpacked = 0
  for (let n = 0; n < count; n += 1) {
    if (at + ENTRY_BYTES > file.length || file.readUInt32LE(at) !== DIRECTORY_ENTRY) return false
    const packed = file.readUInt32LE(at + 20)
    const size = file.readUInt32LE(at + 24)
    if (size === 0 && packed > 2) return false
    unpacked += size
    if (unpacked > UNPACKED_BYTES) return false
    at +=
      ENTRY_BYTES +
      file.readUInt16LE(at + 28) +
      file.readUInt16LE(at + 30) +
      file.readUInt16LE(at + 32)
  }
  return true
}

/** It is the last thing in the file but for a comment. */
function endOfDirectory(file: Buffer): number | null {
  const first = Math.max(0, file.length - END_BYTES - LONGEST_COMMENT)
  for (let at = file.length - END_BYTES; at >= first; at -= 1) {
    if (file.readUInt32LE(at) === END_OF_DIRECTORY) return at
  }
  return null
}
