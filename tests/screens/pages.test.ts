// The list of pages that are drawn holds every address of the console: one that is added is looked at too.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CONSOLE, DEMO } from './pages.ts'

const ROUTER = new URL('../../packages/web/console/src/router.tsx', import.meta.url)

test('every route of the console is drawn, and nothing that is no route', () => {
  const routes = [...readFileSync(ROUTER, 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(
    ([, path]) => path,
  )
  assert.ok(routes.length >= 18, `${routes}`)
  assert.deepEqual([...new Set(CONSOLE.map(({ route }) => route))].sort(), routes.sort())
})

test('every picture has a folder of its own', () => {
  for (const pictures of [CONSOLE, DEMO]) {
    const names = pictures.map(({ name }) => name)
    assert.equal(new Set(names).size, names.length)
  }
})
