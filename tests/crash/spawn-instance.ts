// The parent's end of an instance: starts it, hears its steps, stops and kills it.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Calling, FromInstance, Orders, Passing, ToInstance } from './messages.ts'

export interface Instance {
  readonly pid: number
  /** Starts its centre; resolves with its address. Asked again, it answers the same. */
  begin(): Promise<string>
  tell(message: ToInstance): void
  /** Sends a signal that does not end it. */
  signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void
  /** Ends it, stopped or not. */
  kill(): Promise<void>
  readonly ended: Promise<unknown>
  hasEnded(): boolean
}

/** Each is answered by calling `go`; until then the instance stands there. */
export interface Listener {
  at(passing: Passing, go: () => void): void
  calls(calling: Calling, go: () => void): void
}

const GO_ON: Listener = { at: (_, go) => go(), calls: (_, go) => go() }

/** Resolves when its code is loaded; its centre starts with `begin`. */
export async function spawnInstance(orders: Orders, listener: Listener = GO_ON): Promise<Instance> {
  const script = join(import.meta.dirname, 'instance.ts')
  const child: ChildProcess = fork(script, [JSON.stringify(orders)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  })
  const { pid } = child
  if (pid === undefined) throw new Error('экземпляр не запустился')
  const ended = once(child, 'exit')
  const heard = new Promise<string>((resolve, reject) => {
    child.on('message', (message: FromInstance) => {
      if (message.kind === 'listening') resolve(message.url)
    })
    void ended.then(([code, signal]) => reject(new Error(`экземпляр кончился: ${code ?? signal}`)))
  })
  heard.catch(() => {})
  const tell = (message: ToInstance) => {
    if (child.connected) child.send(message, () => {})
  }
  child.on('message', (message: FromInstance) => {
    if (message.kind === 'at') {
      const { pass, passing } = message
      listener.at(passing, () => tell({ kind: 'go', pass }))
    } else if (message.kind === 'calls') {
      const { pass, calling } = message
      listener.calls(calling, () => tell({ kind: 'go', pass }))
    }
  })
  await Promise.race([once(child, 'message'), heard])
  let isBegun = false
  return {
    pid,
    begin() {
      if (!isBegun) tell({ kind: 'begin' })
      isBegun = true
      return heard
    },
    tell,
    signal: (name) => void child.kill(name),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
  }
}
