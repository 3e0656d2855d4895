// How an answer reaches the client, whole or broken. It must never decide whether the call works:
// the server has done, or not done, the work before.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { WireAnswer } from './api-version.ts'

const GIANT_CHUNK_BYTES = 65_536

export function sendAnswer(response: ServerResponse, answer: WireAnswer): void {
  const text = JSON.stringify(answer.body)
  response.writeHead(answer.httpStatus, jsonHeaders(Buffer.byteLength(text)))
  response.end(text)
}

/** The client is promised the whole length, so that it can tell that it got half. */
export async function sendHalf(response: ServerResponse, answer: WireAnswer): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(answer.body))
  response.writeHead(answer.httpStatus, jsonHeaders(bytes.length))
  const half = bytes.subarray(0, Math.floor(bytes.length / 2))
  await new Promise<void>((resolve) => response.write(half, () => resolve()))
  response.destroy()
}

/** A sound answer with a field of the given size: a client without a limit eats it whole. */
export async function sendGiant(
  response: ServerResponse,
  answer: WireAnswer,
  sizeBytes: number,
): Promise<void> {
  response.writeHead(answer.httpStatus, { 'content-type': 'application/json; charset=utf-8' })
  response.write(`${JSON.stringify(answer.body).slice(0, -1)},"filler":"`)
  const chunk = Buffer.alloc(GIANT_CHUNK_BYTES, 'x')
  const left = gone(response)
  for (let sent = 0; sent < sizeBytes && !response.destroyed; sent += chunk.length) {
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), left])
  }
  response.end('"}')
}

export function sendHtml(response: ServerResponse, httpStatus: number): void {
  response.writeHead(httpStatus, { 'content-type': 'text/html' })
  response.end(`<html><body><h1>Error ${httpStatus}</h1></body></html>`)
}

/** Resolves when the client has given up or the simulator closes. */
export function gone(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve()
    else response.once('close', () => resolve())
  })
}

function jsonHeaders(length: number) {
  return { 'content-type': 'application/json; charset=utf-8', 'content-length': length }
}
