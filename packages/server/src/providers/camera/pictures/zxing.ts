// The one place that knows the decoder of QR codes. It must never let the package fetch its own code
// from the internet, which is what it does when left to itself.

import { readFile } from 'node:fs/promises'
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'

const MAX_CODES = 8

/**
 * The texts of all QR codes in a file of PNG, JPEG or BMP; null when the decoder cannot unpack it. The
 * file's size must have been checked before.
 */
export async function codesInFile(
  file: Uint8Array,
  options: ReaderOptions = {},
): Promise<readonly string[] | null> {
  await prepareDecoder()
  const results = await readBarcodes(file, { ...QR_ONLY, ...options })
  // A picture that cannot be unpacked is told as one invalid result; codes with errors are left out.
  if (results.some(({ isValid }) => !isValid)) return null
  return results.filter(({ text }) => text !== '').map(({ text }) => text)
}

const QR_ONLY: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: MAX_CODES }

let preparation: Promise<void> | null = null

function prepareDecoder(): Promise<void> {
  preparation ??= loadDecoder()
  return preparation
}

async function loadDecoder(): Promise<void> {
  const file = await readFile(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  const wasmBinary = new Uint8Array(file).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
