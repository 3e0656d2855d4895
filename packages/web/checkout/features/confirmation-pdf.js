// The confirmation as a PDF of one page. It is drawn by the browser, whose fonts know every letter of the
// four languages, and the drawing is put into the smallest file that is a PDF.

import { linesOf } from '../views/paid.js'

/** @typedef {import('../screen.js').Confirmation} Confirmation */
/** @typedef {import('../words/ru.js').Words} Words */

/** A5 in points; the drawing has three pixels to each. */
const PAGE = { width: 420, height: 595 }
const SCALE = 3
const MARGIN = 36
const JPEG_QUALITY = 0.92
/** The number at the end must fit, however long the description. */
const LINES_LIMIT = 6

/**
 * @param {Confirmation} confirmation
 * @param {Words} words
 * @returns {Promise<Blob>}
 */
export async function confirmationPdf(confirmation, words) {
  const canvas = drawing(linesOf(confirmation, words), words)
  /** @type {Blob | null} */
  const picture = await new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY)
  })
  if (picture === null) throw new Error('no picture')
  return pdfOf(new Uint8Array(await new Response(picture).arrayBuffer()))
}

/**
 * @param {readonly (readonly [string, string])[]} lines
 * @param {Words} words
 */
function drawing(lines, words) {
  const canvas = document.createElement('canvas')
  canvas.width = PAGE.width * SCALE
  canvas.height = PAGE.height * SCALE
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('no canvas')
  pen.scale(SCALE, SCALE)
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, PAGE.width, PAGE.height)
  let top = MARGIN + 20
  /** @param {string} text @param {string} font @param {string} colour @param {number} step */
  const write = (text, font, colour, step) => {
    pen.font = `${font} system-ui, sans-serif`
    pen.fillStyle = colour
    const lines = wrapped(pen, text)
    const isCut = lines.length > LINES_LIMIT
    lines.slice(0, LINES_LIMIT).forEach((line, index) => {
      pen.fillText(isCut && index === LINES_LIMIT - 1 ? `${line}…` : line, MARGIN, top)
      top += step
    })
  }
  write(words.paid.title, '600 20px', '#14181f', 26)
  top += 10
  for (const [name, value] of lines) {
    write(name, '11px', '#545c69', 16)
    write(value, '14px', '#14181f', 18)
    top += 8
  }
  write(words.paid.notReceipt, '11px', '#545c69', 16)
  return canvas
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @returns {readonly string[]} lines that fit the page; a word longer than a line is broken
 */
function wrapped(pen, text) {
  const lines = ['']
  for (const letter of text.replace(/\s+/g, ' ')) {
    const last = lines.length - 1
    const line = `${lines[last]}${letter}`
    if (pen.measureText(line).width <= PAGE.width - 2 * MARGIN) {
      lines[last] = line
      continue
    }
    const space = line.lastIndexOf(' ')
    const isWord = space > 0
    lines[last] = isWord ? line.slice(0, space) : line.slice(0, -1)
    lines.push(isWord ? line.slice(space + 1) : letter)
  }
  return lines
}

/**
 * @param {Uint8Array<ArrayBuffer>} jpeg
 * @returns {Blob}
 */
function pdfOf(jpeg) {
  const { width, height } = PAGE
  const content = `q ${width} 0 0 ${height} 0 0 cm /I Do Q`
  const image =
    `<< /Type /XObject /Subtype /Image /Width ${width * SCALE} /Height ${height * SCALE} ` +
    '/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode ' +
    `/Length ${jpeg.length} >>`
  const objects = [
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R ` +
        '/Resources << /XObject << /I 5 0 R >> >> >>',
    ],
    [`<< /Length ${content.length} >>\nstream\n${content}\nendstream`],
    [`${image}\nstream\n`, jpeg, '\nendstream'],
  ]
  /** @type {(string | Uint8Array<ArrayBuffer>)[]} */
  const parts = ['%PDF-1.4\n']
  const lengthOf = () => parts.reduce((sum, each) => sum + each.length, 0)
  const offsets = objects.map((object, index) => {
    const offset = lengthOf()
    parts.push(`${index + 1} 0 obj\n`, ...object, '\nendobj\n')
    return String(offset).padStart(10, '0')
  })
  const start = lengthOf()
  const rows = ['0000000000 65535 f \n', ...offsets.map((offset) => `${offset} 00000 n \n`)]
  const count = objects.length + 1
  parts.push(`xref\n0 ${count}\n`, ...rows)
  parts.push(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`)
  return new Blob(parts, { type: 'application/pdf' })
}
