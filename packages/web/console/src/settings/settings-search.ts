// Which tab of the settings is open, as it stands in the address.

export interface SettingsSearch {
  readonly tab?: string | undefined
}

export function readSettingsSearch({ tab }: Readonly<Record<string, unknown>>): SettingsSearch {
  return typeof tab === 'string' ? { tab } : {}
}
