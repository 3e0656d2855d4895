// Finds the terminal that a path names, or answers 404, so that no route has to.
import { type Reply, refusalReply } from '../http/reply.ts'
import type { RouteRequest } from '../http/router.ts'
import type { Terminal } from '../terminal/terminal.ts'

export type TerminalHandler = (terminal: Terminal, request: RouteRequest) => Reply | Promise<Reply>

export function withTerminal(
  terminals: readonly Terminal[],
  handle: TerminalHandler,
): (request: RouteRequest) => Reply | Promise<Reply> {
  return (request) => {
    const { n } = request.path
    const terminal = terminals.find(({ number }) => String(number) === n)
    return terminal === undefined
      ? refusalReply(404, `Терминала ${n} нет; есть с 1 по ${terminals.length}`)
      : handle(terminal, request)
  }
}
