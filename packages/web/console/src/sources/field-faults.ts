// What the centre says of single fields, for a form to tell beside them. It speaks English there.

import { CallError } from '../api/call.ts'
import { useWords } from '../words/language.tsx'

interface FieldFault {
  readonly name: string
  readonly errors: string[]
}

export function useFieldFaults(): (error: unknown) => FieldFault[] {
  const { fault } = useWords().source
  return (error) =>
    error instanceof CallError
      ? Object.entries(error.fields).map(([name, text]) => ({
          // `allowed_ips.3` is the third of one field.
          name: name.split('.')[0] ?? name,
          errors: [fault[name.split('.')[0] ?? name] ?? text],
        }))
      : []
}
