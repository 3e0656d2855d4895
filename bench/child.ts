// Processes that a measurement starts: each says hello when it is ready, answers what it is asked, one question at a time,
// and ends with its parent.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Longer than the longest round of work that is asked of one. */
const ANSWER_MS = 120_000

export interface Child<Hello> {
  readonly hello: Hello
  readonly pid: number
  /** The next message after the question, or the next that is an answer where it also speaks unasked. */
  ask<Answer>(question: unknown, isAnswer?: (message: unknown) => boolean): Promise<Answer>
  /** What it says unasked, until the returned function is called. */
  hear(heard: (message: unknown) => void): () => void
  stop(): Promise<void>
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly argument?: unknown
  readonly execArgv?: readonly string[]
}

/** `script` is a file of this folder. */
export async function startChild<Hello>(
  script: string,
  { argument, env = {}, execArgv = [] }: ChildOptions = {},
): Promise<Child<Hello>> {
  const child = fork(join(import.meta.dirname, script), [JSON.stringify(argument ?? null)], {
    env: { ...process.env, ...env },
    execArgv: [...execArgv],
  })
  const exited = once(child, 'exit')
  const hello = await Promise.race([nextMessage<Hello>(child), failed(script, exited)])
  return {
    hello,
    pid: child.pid ?? Number.NaN,
    ask<Answer>(question: unknown, isAnswer = (_: unknown) => true) {
      const answer = nextMessage<Answer>(child, isAnswer)
      child.send(question as object)
      return answer
    },
    hear(heard) {
      child.on('message', heard)
      return () => child.off('message', heard)
    },
    async stop() {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}

async function nextMessage<T>(
  child: ChildProcess,
  isIt: (message: unknown) => boolean = () => true,
): Promise<T> {
  const signal = AbortSignal.timeout(ANSWER_MS)
  for (;;) {
    const [message] = await once(child, 'message', { signal })
    if (isIt(message)) return message as T
  }
}

async function failed(script: string, exited: Promise<unknown[]>): Promise<never> {
  const [code] = await exited
  throw new Error(`${script} кончился с кодом ${code}`)
}
