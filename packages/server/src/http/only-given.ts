// Requests that change only what they name (T5): a field that was not sent is not there at all.

type Given<T> = { readonly [Name in keyof T]?: T[Name] | undefined }

/** Null is a value; undefined is a field that was not sent. */
export function onlyGiven<T extends object>(fields: Given<T>): Partial<T> {
  const sent = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(sent) as Partial<T>
}
