// A file sent to the centre with its progress, which `fetch` cannot tell of. Nothing of the file stays here.

import { type Answered, addressOf, type Query, refusalOf, silence } from './call.ts'

/** A file of the greatest size over a slow line. */
const PATIENCE_MS = 300_000

/**
 * @param onSent share of the file that has left, from 0 to 1
 * @throws CallError
 */
export function sendFile<Answer extends Answered>(
  path: string,
  query: Query,
  file: File,
  onSent: (share: number) => void,
): Promise<Answer['data']> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer['data']>()
  const request = new XMLHttpRequest()
  request.open('POST', addressOf(path, query))
  request.responseType = 'json'
  request.timeout = PATIENCE_MS
  // What the file is, its bytes tell; browsers call a CSV by many names.
  request.setRequestHeader('Content-Type', 'application/octet-stream')
  request.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 0 : loaded / total)
  request.upload.onload = () => onSent(1)
  request.onerror = () => reject(silence())
  request.ontimeout = () => reject(silence())
  request.onload = () => {
    const { response, status } = request
    if (response === null) reject(silence())
    else if (status < 300) resolve(response.data)
    else reject(refusalOf(response, status, request.getResponseHeader('retry-after')))
  }
  request.send(file)
  return promise
}
