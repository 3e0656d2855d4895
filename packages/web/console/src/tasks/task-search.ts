// Which desk is open, as it stands in the address.

export interface TaskSearch {
  readonly desk?: string | undefined
  readonly state?: 'open' | 'closed' | undefined
  readonly cursor?: string | undefined
}

export function readTaskSearch(search: Readonly<Record<string, unknown>>): TaskSearch {
  const { cursor, desk, state } = search
  return {
    ...(typeof desk === 'string' ? { desk } : {}),
    ...(state === 'open' || state === 'closed' ? { state } : {}),
    ...(cursor === undefined ? {} : { cursor: String(cursor) }),
  }
}
