// What a route of the control server gives back, before it becomes HTTP.

export type Reply = WholeReply | StreamReply

export interface WholeReply {
  readonly status: number
  readonly contentType: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** Sent as fast as the client takes it, until it has gone. */
export interface StreamReply {
  readonly status: number
  readonly contentType: string
  readonly chunks: AsyncIterable<Uint8Array>
}

export function jsonReply(status: number, body: unknown): WholeReply {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) }
}

export function textReply(status: number, body: string): WholeReply {
  return { status, contentType: 'text/plain; charset=utf-8', body }
}

/** Every refusal of the control server looks like this; the message is Russian, for people. */
export function refusalReply(status: number, message: string): WholeReply {
  return jsonReply(status, { success: false, message })
}
