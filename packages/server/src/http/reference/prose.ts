// Prose as the reference shows it. On disk it links to the examples; a page has no such files beside it,
// so each link that stands alone on its line becomes the example's own text.

import { readFileSync } from 'node:fs'
import { DOCS } from './examples.ts'

const LINK = /^\[[^\]]+\]\(\.\.\/(examples\/[a-z-]+\/[a-z-]+\.([a-z]+))\)$/gm

const FENCES: Readonly<Record<string, string>> = {
  sh: 'bash',
  php: 'php',
  py: 'python',
  mjs: 'javascript',
  html: 'html',
}

export function withExamples(prose: string): string {
  return prose.replace(LINK, (_link, file: string, ending: string) => {
    const text = readFileSync(`${DOCS}${file}`, 'utf8').trimEnd()
    return `\`\`\`${FENCES[ending] ?? ''}\n${text}\n\`\`\``
  })
}
