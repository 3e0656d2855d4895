// How large a picture will be once decoded, read from its header alone: the guard against a small file
// that unpacks into gigabytes. It must never decode anything.

/** Width times height as the file itself declares it, or null when no header of a known form is there. */
export function picturePixels(picture: Uint8Array): number | null {
  const view = new DataView(picture.buffer, picture.byteOffset, picture.byteLength)
  try {
    switch (view.getUint16(0)) {
      case 0x8950:
        return view.getUint32(16) * view.getUint32(20)
      case 0xffd8:
        return jpegPixels(view)
      case 0x424d:
        return bmpPixels(view)
      default:
        return null
    }
  } catch {
    // A read behind the last byte: the header is cut short.
    return null
  }
}

/** The oldest header has 16-bit sizes; a negative height means rows from the top. */
function bmpPixels(view: DataView): number {
  const hasOldHeader = view.getUint32(14, true) === 12
  return hasOldHeader
    ? view.getUint16(18, true) * view.getUint16(20, true)
    : Math.abs(view.getInt32(18, true)) * Math.abs(view.getInt32(22, true))
}

/** Walks the segments to the frame header (SOF), which alone holds the size. */
function jpegPixels(view: DataView): number {
  let offset = 2
  for (;;) {
    const marker = view.getUint16(offset)
    if (isFrameHeader(marker)) return view.getUint16(offset + 5) * view.getUint16(offset + 7)
    // Fill bytes may stand before a marker; any other byte there is a fault of the file.
    if (marker === 0xffff) offset += 1
    else if (marker >> 8 === 0xff) offset += 2 + view.getUint16(offset + 2)
    else throw new RangeError('no segment where one has to begin')
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
function isFrameHeader(marker: number): boolean {
  const others = [0xffc4, 0xffc8, 0xffcc]
  return marker >= 0xffc0 && marker <= 0xffcf && !others.includes(marker)
}
