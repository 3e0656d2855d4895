// What the centre found wrong with a field, said at that field in the page's language.

import type { FormInstance } from 'antd'
import { CallError } from '../api/call.ts'
import { useWords } from '../words/language.tsx'
import type { TerminalFields } from './terminal-fields.ts'

const FIELD_OF: Readonly<Record<string, keyof TerminalFields>> = {
  name: 'name',
  ip_address: 'address',
  port: 'port',
  camera_url: 'cameraUrl',
  camera_id: 'cameraUrl',
  country_iso: 'country',
  reserved_sources: 'reservedSources',
  reserved_country: 'reservedCountry',
}

export function useShowFaults(form: FormInstance<TerminalFields>): (error: unknown) => void {
  const { fault, faulty } = useWords().devices.form
  return (error) => {
    if (!(error instanceof CallError)) return
    const found = Object.entries(error.fields).flatMap(([name, what]) => {
      const field = FIELD_OF[name]
      return field === undefined ? [] : [{ name: field, errors: [fault[what] ?? faulty] }]
    })
    form.setFields(found)
  }
}
