// What the camera before a terminal sees: the frame with the found code outlined, what keeps it from being read,
// how fast it is read, and the QRs that were missed.

import type { CameraLookAnswer, TerminalAnswer, TerminalData } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Descriptions, Flex, Switch, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Part } from '../parts/part.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { Hints } from './camera-hints.tsx'
import { CameraMisses } from './camera-misses.tsx'
import { FrameView } from './frame-view.tsx'

const LIVE_MS = 1_000

const route = getRouteApi('/terminals/$id/camera')

export type Look = CameraLookAnswer['data']

export function CameraPage() {
  const words = useWords()
  const { id } = route.useParams()
  const terminal = useQuery({
    queryKey: ['terminals', 'one', id],
    queryFn: () => read<TerminalAnswer>(`/api/admin/terminals/${id}`),
  })
  const title = terminal.data === undefined ? words.devices.camera : terminal.data.name
  return (
    <Page
      title={words.devices.sight.title(title)}
      actions={
        <Link to="/terminals">
          <Button>{words.devices.pair.toWall}</Button>
        </Link>
      }
    >
      <Loaded query={terminal} rows={10}>
        {(data) => <Seen terminal={data} />}
      </Loaded>
    </Page>
  )
}

function Seen({ terminal }: { readonly terminal: TerminalData }) {
  const words = useWords().devices
  const [isLive, setLive] = useState(true)
  const look = useLook(String(terminal.id), isLive)
  const tally = useTally(look.data)
  return (
    <>
      <div className="sight">
        <Part title={words.camera}>
          <Flex vertical gap={12}>
            <FrameView look={look.data ?? null} name={terminal.name} />
            <Flex gap={12} align="center" wrap>
              <Button
                type="primary"
                loading={look.isFetching && !isLive}
                onClick={() => void look.refetch()}
              >
                {words.sight.now}
              </Button>
              <Flex gap={8} align="center">
                <Switch checked={isLive} onChange={setLive} aria-label={words.sight.live} />
                <Typography.Text>{words.sight.live}</Typography.Text>
              </Flex>
              <Typography.Text type="secondary">{words.sight.liveHint}</Typography.Text>
            </Flex>
            <Trouble error={look.error} />
          </Flex>
        </Part>
        <Flex vertical gap={16}>
          <Hints look={look.data ?? null} />
          <Figures look={look.data ?? null} terminal={terminal} tally={tally} />
        </Flex>
      </div>
      <CameraMisses terminalId={terminal.id} />
    </>
  )
}

export function useLook(id: string, isLive: boolean) {
  return useQuery({
    queryKey: ['camera', id],
    queryFn: () => read<CameraLookAnswer>(`/api/admin/terminals/${id}/camera`),
    refetchInterval: isLive ? LIVE_MS : false,
    staleTime: 0,
  })
}

interface Tally {
  readonly looks: number
  readonly read: number
}

/** How many of the looks of this visit read a code. */
function useTally(look: Look | undefined): Tally {
  const [tally, setTally] = useState<Tally>({ looks: 0, read: 0 })
  const counted = useRef<Look | undefined>(undefined)
  useEffect(() => {
    if (look === undefined || counted.current === look) return
    counted.current = look
    setTally(({ looks, read: before }) => ({
      looks: looks + 1,
      read: before + (look.outcome === 'read' ? 1 : 0),
    }))
  }, [look])
  return tally
}

interface FiguresProps {
  readonly look: Look | null
  readonly terminal: TerminalData
  readonly tally: Tally
}

function Figures({ look, tally, terminal }: FiguresProps) {
  const words = useWords().devices.sight
  const ms = (count: number | null | undefined) =>
    count === null || count === undefined ? '—' : words.milliseconds(count)
  const share = terminal.health?.qr_read_percent ?? null
  return (
    <Descriptions
      size="small"
      column={1}
      bordered
      items={[
        { key: 'decode', label: words.decode, children: ms(look?.frame?.decode_ms) },
        { key: 'took', label: words.took, children: ms(look?.took_ms) },
        { key: 'here', label: words.here, children: words.of(tally.read, tally.looks) },
        { key: 'rate', label: words.rate, children: share === null ? words.noRate : `${share} %` },
      ]}
    />
  )
}
