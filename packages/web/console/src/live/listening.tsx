// The page's ear: the centre's stream of changes. It only learns that something changed and has it asked for
// again; without the stream pages ask by themselves, as they would without this file.

import { STAFF_EVENTS, type StaffBeat, type StaffChange } from '@byfly-pay/contract'
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { heardTime, setLive } from '../api/contact.ts'
import { ME } from '../api/me.ts'

/** Changes that come together are asked for together. */
const GATHER_MS = 400
/** How soon a stream that was refused is asked for again; one that broke, the browser asks for itself. */
const AGAIN_MS = 10_000
/** A page that nobody looks at lets go of its stream: a browser has six to one address. */
const UNSEEN_MS = 20_000

const KEYS: Readonly<Record<StaffChange['kind'], (id: string) => readonly QueryKey[]>> = {
  payment: (id) => [['payment', id], ['payments'], ['refunds']],
  terminal: (id) => [['terminals'], ['terminal', Number(id)]],
  task: () => [['desks']],
  alert: () => [['alerts']],
  everything: () => [[]],
}

export function useListening(): void {
  const client = useQueryClient()
  useEffect(() => listen(client), [client])
}

function listen(client: QueryClient): () => void {
  let source: EventSource | null = null
  let again: ReturnType<typeof setTimeout> | undefined
  const gathered = gather(client)

  const open = () => {
    clearTimeout(again)
    if (source !== null || document.hidden) return
    let isFirst = true
    source = new EventSource('/api/admin/events')
    source.addEventListener(STAFF_EVENTS.beat, ({ data }: MessageEvent<string>) => {
      const { at }: StaffBeat = JSON.parse(data)
      heardTime(at)
      setLive(true)
      // Whatever changed while nobody listened was told to nobody.
      if (isFirst) void client.invalidateQueries()
      isFirst = false
    })
    source.addEventListener(STAFF_EVENTS.change, ({ data }: MessageEvent<string>) =>
      gathered.add(JSON.parse(data)),
    )
    source.addEventListener('error', () => {
      isFirst = true
      setLive(false)
      // Whether the session is over, or the line: the answer tells.
      void client.invalidateQueries({ queryKey: ME })
      if (source?.readyState === EventSource.CLOSED) {
        close()
        again = setTimeout(open, AGAIN_MS)
      }
    })
  }
  const close = () => {
    clearTimeout(again)
    source?.close()
    source = null
    setLive(false)
  }
  const onSight = () => {
    if (!document.hidden) open()
    else again = setTimeout(close, UNSEEN_MS)
  }

  open()
  document.addEventListener('visibilitychange', onSight)
  return () => {
    document.removeEventListener('visibilitychange', onSight)
    gathered.stop()
    close()
  }
}

/** What the changes of a moment are about is asked for once. */
function gather(client: QueryClient) {
  const due = new Map<string, QueryKey>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = () => {
    timer = undefined
    for (const queryKey of due.values()) void client.invalidateQueries({ queryKey })
    due.clear()
  }
  return {
    add({ id, kind }: StaffChange) {
      for (const key of KEYS[kind](id ?? '')) due.set(JSON.stringify(key), key)
      timer ??= setTimeout(ask, GATHER_MS)
    },
    stop: () => clearTimeout(timer),
  }
}
