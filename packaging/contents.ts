// What the package holds, and nothing else. A file of a listed folder whose ending nobody has named stops
// the packing: a new kind of file is either taken or left out on purpose.

import { readdirSync } from 'node:fs'
import { extname, join, sep } from 'node:path'

interface Folder {
  readonly path: string
  readonly take: readonly string[]
  readonly leave?: readonly string[]
}

const PAGE = ['.html', '.css', '.js']

const FOLDERS: readonly Folder[] = [
  { path: 'packages/core/src', take: ['.ts'] },
  { path: 'packages/contract/src', take: ['.ts'] },
  { path: 'packages/server/src', take: ['.ts', '.sql', ...PAGE] },
  { path: 'packages/simulator/src', take: ['.ts'] },
  { path: 'packages/web/checkout', take: PAGE, leave: ['.json'] },
  { path: 'packages/web/demo', take: PAGE, leave: ['.json'] },
  { path: 'packages/web/console/dist', take: [...PAGE, '.br'] },
  // The reference of a running centre shows the guide and the examples themselves.
  { path: 'docs/guide', take: ['.md'] },
  { path: 'docs/examples', take: ['.sh', '.php', '.py', '.mjs', '.html', '.json'] },
]

const FILES = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'docs/reference/import-mapping.schema.json',
  'packaging/byfly.mjs',
  'packaging/byfly-pay.service',
  'packaging/ready.mjs',
]

/** Paths from the root of the sources, sorted. */
export function listContents(root: string): string[] {
  return [...FILES, ...FOLDERS.flatMap((folder) => filesOf(root, folder))].sort()
}

function filesOf(root: string, { path, take, leave = [] }: Folder): string[] {
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll(sep, '/'),
    )
    .filter((file) => !isForTests(file))
    .filter((file) => {
      const ending = extname(file)
      if (take.includes(ending)) return true
      if (leave.includes(ending)) return false
      throw new Error(`${file}: впишите окончание «${ending}» в packaging/contents.ts`)
    })
}

function isForTests(file: string): boolean {
  return file.endsWith('.test.ts') || file.includes('/testing/')
}
