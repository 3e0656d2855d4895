// How answers are kept on the page: a little while, never on disk; and what happens when the session ends.

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { CallError } from './call.ts'
import { ME, SETUP } from './me.ts'

const FRESH_MS = 5_000
const MOST_TRIES = 2

/** Nobody's: the door may have begun to ask before the last look of the session is refused. */
const AT_THE_DOOR: ReadonlySet<unknown> = new Set([ME[0], SETUP[0]])

function forgetEndedSession(error: unknown): void {
  if (error instanceof CallError && error.code === 'staff_unauthorized') forgetSession()
}

/** Whoever comes next must not see what the last one was shown. */
export function forgetSession(): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => !AT_THE_DOOR.has(queryKey[0]) })
  queryClient.setQueryData(ME, null)
}

/** Only what may come right by itself is asked again. */
function isWorthAnotherTry(failures: number, error: unknown): boolean {
  const isRefusal = error instanceof CallError && error.status > 0 && error.status < 500
  return !isRefusal && failures < MOST_TRIES
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetEndedSession }),
  mutationCache: new MutationCache({ onError: forgetEndedSession }),
  defaultOptions: {
    // Whether there is a line is found out by asking: what waited for one would be sent much later, unseen.
    queries: { staleTime: FRESH_MS, retry: isWorthAnotherTry, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})
