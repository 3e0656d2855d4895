// Reads the body of an answer up to a limit. A device may send a hundred megabytes or never end; no
// more than the limit plus one chunk is ever held.

/**
 * The whole body, or null when it is longer than `limitBytes`; the connection is given up then.
 * Throws what the stream throws: a reset, a timeout, a body shorter than announced.
 */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  // Leaving the loop destroys the stream, and with it the connection.
  for await (const chunk of body) {
    sizeBytes += chunk.length
    if (sizeBytes > limitBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
