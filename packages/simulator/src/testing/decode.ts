// Reads the QR code in a picture, to prove that the cameras' pictures are real ones. For tests only.
import { readFileSync } from 'node:fs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

// Left to itself the decoder fetches its own code from the internet.
const wasmFile = new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(readFileSync(wasmFile)).buffer } })

export async function decode(picture: Blob | Uint8Array): Promise<string | null> {
  const found = await readBarcodes(picture, { formats: ['QRCode'] })
  return found[0]?.text ?? null
}
