// The operations of the reference as the fuzzer needs them: what may be sent, and what each answer must look
// like. The document is the one that the centre serves.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import type { Components, Schema } from './from-schema.ts'

const DOCUMENT = join(import.meta.dirname, '../../docs/reference/openapi.json')

export interface Parameter {
  readonly in: 'path' | 'query' | 'header'
  readonly name: string
  readonly schema: Schema
}

/** What a declared answer may be; null where its body is no JSON. */
export type Shape = { check(body: unknown): string | null } | null

export interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: Schema | null
  readonly answers: ReadonlyMap<number, Shape>
  readonly isStaff: boolean
}

interface Document {
  readonly components: {
    readonly schemas: Components
    readonly parameters: Readonly<Record<string, Parameter>>
  }
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface RawOperation {
  readonly parameters?: readonly (Parameter & { readonly $ref?: string })[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
  readonly security?: readonly Readonly<Record<string, unknown>>[]
}

export interface Reference {
  readonly operations: readonly Operation[]
  readonly components: Components
}

export function readReference(): Reference {
  const { components, paths } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as Document
  const local = bare(components.schemas)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: (operation.parameters ?? []).map((each) =>
        each.$ref === undefined ? each : parameterOf(components.parameters, each.$ref),
      ),
      body: operation.requestBody?.content['application/json']?.schema ?? null,
      answers: answersOf(operation, local),
      isStaff: operation.security?.some((each) => 'staffToken' in each) === true,
    })),
  )
  return { operations, components: components.schemas }
}

function parameterOf(known: Document['components']['parameters'], ref: string): Parameter {
  const parameter = known[ref.split('/').at(-1) ?? '']
  if (parameter === undefined) throw new Error(`${ref} is not there`)
  return parameter
}

function answersOf({ responses }: RawOperation, local: Components): Map<number, Shape> {
  return new Map(
    Object.entries(responses).map(([status, { content }]) => {
      const schema = content?.['application/json']?.schema
      return [Number(status), schema === undefined ? null : shapeOf(schema, local)]
    }),
  )
}

function shapeOf(schema: Schema, local: Components): Shape {
  const compiled = Compile(local, bare(schema))
  return {
    check(body) {
      if (compiled.Check(body)) return null
      const [first] = compiled.Errors(body)
      return `${first?.instancePath ?? ''} ${first?.message ?? 'does not fit'}`
    },
  }
}

/** The compiler knows its definitions by name alone. */
function bare<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll('#/components/schemas/', ''))
}
