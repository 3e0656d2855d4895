// A source as the package holds it: JavaScript, since Node runs no TypeScript inside node_modules. Types
// become blanks, by Node's own stripper, so every line keeps its number and its comments, and a stack
// trace of the package reads like one of the sources.

import { stripTypeScriptTypes } from 'node:module'

/** What a file names of its package: modules, and threads and processes that it starts. */
const NAMED_SOURCE = /(')((?:\.{0,2}\/)?[\w./-]+)\.ts'/g

/** A workspace's own name, with what is asked of it. */
const WORKSPACE = /'@byfly-pay\//g

export function compile(source: string): string {
  return stripTypeScriptTypes(source).replace(NAMED_SOURCE, "$1$2.js'").replace(WORKSPACE, "'#")
}

export function compiledName(file: string): string {
  return file.replace(/\.ts$/, '.js')
}

/** What a compiled file names by a path of its own package, to see that it is there. */
export function pathsNamedBy(code: string): string[] {
  const found = code.matchAll(
    /(?:from|import)\s*\(?\s*'(\.[^']+)'|new URL\(\s*'([^']+\.(?:js|wasm))',\s*import\.meta\.url/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? '')
}
