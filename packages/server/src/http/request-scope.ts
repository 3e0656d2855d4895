// Which request is being answered, wherever in the code that is asked. Known only until the answer is out:
// what goes on for longer, such as the watch over an attempt, is nobody's request.

import { AsyncLocalStorage } from 'node:async_hooks'

interface Scope {
  readonly id: string
  isOpen: boolean
}

const current = new AsyncLocalStorage<Scope>()

/** Null outside of requests. */
export function currentRequest(): string | null {
  const scope = current.getStore()
  return scope?.isOpen === true ? scope.id : null
}

export interface RequestScope {
  /** Calls `next`, and all that it begins, as the request's own. */
  run(next: () => void): void
  close(): void
}

export function openRequestScope(id: string): RequestScope {
  const scope: Scope = { id, isOpen: true }
  return {
    run: (next) => current.run(scope, next),
    close() {
      scope.isOpen = false
    },
  }
}
