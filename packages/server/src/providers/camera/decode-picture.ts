// Finds the QR codes in a picture. The only place that knows the decoder, so that the work (tens of
// milliseconds of the event loop) can move to a worker thread by changing this file alone.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { picturePixels } from './picture-size.ts'

const MAX_CODES = 8

/**
 * The texts of all QR codes in a PNG, JPEG or BMP; null when the bytes are no such picture or one of
 * more than `limitPixels`. The decoder reads all three forms itself.
 */
export async function decodePicture(
  picture: Uint8Array,
  limitPixels: number,
): Promise<readonly string[] | null> {
  const pixels = picturePixels(picture)
  if (pixels === null || pixels === 0 || pixels > limitPixels) return null
  await prepareDecoder()
  const results = await readBarcodes(picture, {
    formats: ['QRCode'],
    maxNumberOfSymbols: MAX_CODES,
  })
  // A picture that cannot be decoded is told as one invalid result; codes with errors are left out.
  if (results.some(({ isValid }) => !isValid)) return null
  return results.filter(({ text }) => text !== '').map(({ text }) => text)
}

let preparation: Promise<void> | null = null

/** Without this the package would load its wasm from a public CDN. */
function prepareDecoder(): Promise<void> {
  preparation ??= loadDecoder().catch((error: unknown) => {
    preparation = null
    throw error
  })
  return preparation
}

async function loadDecoder(): Promise<void> {
  const file = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasm = await readFile(file)
  const wasmBinary = new Uint8Array(wasm).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
