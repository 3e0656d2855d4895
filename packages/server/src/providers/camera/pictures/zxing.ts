// The one place that knows the decoder of QR codes. It must never let the package fetch its own code
// from the internet, which is what it does when left to itself.

import { readFile } from 'node:fs/promises'
import {
  prepareZXingModule,
  type ReaderOptions,
  type ReadResult,
  readBarcodes,
} from 'zxing-wasm/reader'
import type { Corner } from '../../../ports/camera-frame.ts'
import type { Grey } from './grey.ts'

/** How the decoder tells dark from light: by the neighbourhood, by the whole picture, or at 127. */
export type Binarizer = 'LocalAverage' | 'GlobalHistogram' | 'FixedThreshold'

const OPTIONS: ReaderOptions = {
  // Micro codes are left out by name: three dots of noise are enough to be taken for one.
  formats: ['QRCodeModel2'],
  maxNumberOfSymbols: 8,
  // A QR is found in any turn without it, and screens show dark on light.
  tryRotate: false,
  tryInvert: false,
}

export interface PlacedCode {
  readonly text: string
  /** From the top left one, clockwise as the code itself stands. */
  readonly corners: readonly Corner[]
}

/**
 * The texts of all QR codes in a file of PNG, JPEG or BMP; null when the decoder cannot unpack it. The
 * file's size must have been checked before.
 */
export async function codesInFile(
  file: Uint8Array,
  binarizer: Binarizer,
): Promise<readonly string[] | null> {
  await prepareDecoder()
  const results = await readBarcodes(file, { ...OPTIONS, binarizer })
  // A picture that cannot be unpacked is told as one invalid result; codes with errors are left out.
  return results.some(({ isValid }) => !isValid) ? null : texts(results)
}

export async function codesInGrey(grey: Grey, binarizer: Binarizer): Promise<readonly string[]> {
  return (await placedCodes(grey, binarizer)).map(({ text }) => text)
}

/** The same with where each code is. */
export async function placedCodes(
  grey: Grey,
  binarizer: Binarizer,
): Promise<readonly PlacedCode[]> {
  await prepareDecoder()
  const { width, height } = grey
  const pixels = Uint32Array.from(grey.data, (value) => 0xff000000 | (value * 0x010101))
  const data = new Uint8ClampedArray(pixels.buffer)
  const picture = { data, width, height, colorSpace: 'srgb' } as const
  const results = await readBarcodes(picture, { ...OPTIONS, binarizer })
  return results.filter(isRead).map(({ position, text }) => {
    const { bottomLeft, bottomRight, topLeft, topRight } = position
    const corners = [topLeft, topRight, bottomRight, bottomLeft]
    return { text, corners: corners.map(({ x, y }) => ({ x: x / width, y: y / height })) }
  })
}

function texts(results: readonly ReadResult[]): readonly string[] {
  return results.filter(isRead).map(({ text }) => text)
}

function isRead({ isValid, text }: ReadResult): boolean {
  return isValid && text !== ''
}

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
