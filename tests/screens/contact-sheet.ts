// One page with every picture of the folder, however many runs drew them: a row for each page that was drawn.

import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STYLE = `body { margin: 24px; font: 15px system-ui; background: #888 }
h2 { margin: 24px 0 8px } div { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start }
figure { margin: 0 } figcaption { font-size: 12px } img { height: 420px; max-width: 680px; object-fit: contain;
object-position: top left; background: #777 }`

/** @param folder of folders of pictures; their names are file names of this repository's own */
export function writeContactSheet(folder: string): void {
  const pages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const rows = pages
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const pictures = readdirSync(join(folder, name)).sort()
      const figures = pictures.map(
        (file) =>
          `<figure><a href="${name}/${file}"><img loading="lazy" alt="" src="${name}/${file}"></a>` +
          `<figcaption>${file.replace('.png', '')}</figcaption></figure>`,
      )
      return `<h2 id="${name}">${name}</h2><div>${figures.join('')}</div>`
    })
  const head = `<!doctype html><meta charset="utf-8"><title>ByFly Pay</title><style>${STYLE}</style>`
  writeFileSync(join(folder, 'index.html'), `${head}${rows.join('\n')}\n`)
}
