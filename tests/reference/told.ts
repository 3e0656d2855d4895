// What the reference tells of an operation, held against what the centre answers.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '../support/centre.ts'

const DOCUMENT = join(import.meta.dirname, '../../docs/reference/openapi.json')
const { paths } = JSON.parse(readFileSync(DOCUMENT, 'utf8'))

/** Paths by what they are without the names in their braces. */
const told = new Map(Object.entries(paths).map(([path, item]) => [shapeOf(path), item]))

function shapeOf(path: string): string {
  return path.replace(/\{\w+\}|:\w+/g, '{}')
}

/**
 * The reference says that this operation can answer so.
 *
 * @param operation method and path, `{name}` or `:name` where a number stands
 */
export function assertTold(operation: string, { status, body }: Answer): void {
  const [method = '', path = ''] = operation.split(' ')
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the document says
  const item = told.get(shapeOf(path)) as any
  const response = item?.[method.toLowerCase()]?.responses[status]
  assert.ok(response, `${operation}: ${status}`)
  if (status < 300) return
  const { examples } = response.content['application/json']
  assert.ok(examples[body.code], `${operation}: ${body.code}`)
}
