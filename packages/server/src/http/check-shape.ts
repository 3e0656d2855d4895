// Requests against their schemas: types are never coerced, fields that no schema knows are left where
// they are and read by nobody, every fault is named by its field (T3, T7).

import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { type FieldErrors, Refusal } from './refusal.ts'

/** For Fastify's `setValidatorCompiler`. An absent body counts as an empty object. */
export function shapeCompiler({ schema }: { readonly schema: TSchema }) {
  const shape = Compile(schema)
  return (given: unknown) => {
    const value = given ?? {}
    if (shape.Check(value)) return { value }
    return { error: new Refusal('validation', { errors: fieldErrors(shape.Errors(value)) }) }
  }
}

/** The first fault of each field. */
export function fieldErrors(faults: readonly TLocalizedValidationError[]): FieldErrors {
  const errors: Record<string, string> = {}
  for (const fault of faults) {
    if (fault.keyword === 'required' && fault.instancePath === '') {
      for (const field of fault.params.requiredProperties) errors[field] ??= 'Field is required'
    } else {
      errors[fieldOf(fault.instancePath)] ??= describe(fault)
    }
  }
  return errors
}

/** The top-level field that a JSON pointer leads into. */
function fieldOf(pointer: string): string {
  const first = pointer.split('/')[1] ?? ''
  return first.replaceAll('~1', '/').replaceAll('~0', '~')
}

function describe(fault: TLocalizedValidationError): string {
  switch (fault.keyword) {
    case 'type':
      return `Must be ${withArticle(String(fault.params.type))}`
    case 'maxLength':
      return `Must be at most ${fault.params.limit} characters`
    case 'minLength':
      return 'Must not be empty'
    case 'minimum':
      return `Must be at least ${fault.params.limit}`
    case 'maximum':
      return `Must be at most ${fault.params.limit}`
    case 'enum':
      return `Must be one of: ${fault.params.allowedValues.join(', ')}`
    case 'pattern':
      return 'Has a wrong format'
    default:
      return 'Is not valid'
  }
}

function withArticle(type: string): string {
  return /^[aio]/.test(type) ? `an ${type}` : `a ${type}`
}
