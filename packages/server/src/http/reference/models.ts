// Every schema with a title becomes a named model, so that a generated client has one type for it. Pure:
// document in, document out.

import type { OpenApiDocument, Schema } from './openapi.ts'

/**
 * @param others schemas that are models although no route shows them
 * @throws when two different schemas have one title: a fault of the program
 */
export function withModels(document: OpenApiDocument, others: readonly object[]): OpenApiDocument {
  const models = new Map<string, Schema>()
  const hoist = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hoist)
    if (typeof value !== 'object' || value === null) return value
    const copy: Schema = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, hoist(inner)]),
    )
    if (Array.isArray(copy['anyOf'])) return nullable(copy, copy['anyOf'])
    const { title } = copy
    if (typeof title !== 'string' || copy['type'] !== 'object') return copy
    keepModel(models, title, copy)
    return { $ref: `#/components/schemas/${title}` }
  }
  for (const schema of others) hoist(schema)
  const hoisted = hoist({ ...document, components: {} }) as OpenApiDocument
  const schemas = Object.fromEntries([...models].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ...hoisted, components: { ...document.components, schemas } }
}

function keepModel(models: Map<string, Schema>, title: string, schema: Schema): void {
  const known = models.get(title)
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
    throw new Error(`Две разные модели с одним именем: ${title}`)
  }
  models.set(title, schema)
}

/**
 * «This type or null», which readers and generators know better as a list of types. A model, and words
 * without a type, have nowhere to put it and stay a choice.
 */
function nullable(schema: Schema, choices: readonly Schema[]): Schema {
  const [one, none, ...more] = choices
  if (typeof one?.['type'] !== 'string' || none?.['type'] !== 'null' || more.length > 0) {
    return schema
  }
  const { anyOf: _, ...rest } = schema
  return { ...one, ...rest, type: [one['type'], 'null'] }
}
