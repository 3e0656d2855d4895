// What a route of the control server gives back, before it becomes HTTP.

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: string | Uint8Array
}

export function jsonReply(status: number, body: unknown): Reply {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) }
}

export function textReply(status: number, body: string): Reply {
  return { status, contentType: 'text/plain; charset=utf-8', body }
}

/** Every refusal of the control server looks like this; the message is Russian, for people. */
export function refusalReply(status: number, message: string): Reply {
  return jsonReply(status, { success: false, message })
}
