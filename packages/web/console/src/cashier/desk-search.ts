// Which payment the desk is handing over, as it stands in the address: it is there again after a reload.

export interface DeskSearch {
  readonly payment?: string | undefined
}

const NUMBER = /^[0-9A-F]{32}$/i

export function readDeskSearch({ payment }: Readonly<Record<string, unknown>>): DeskSearch {
  return typeof payment === 'string' && NUMBER.test(payment) ? { payment } : {}
}
