// The last QRs that a camera missed while a payment waited: when, why, and what was in the frame.

import type { CameraMissesAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Empty, Typography } from 'antd'
import { read } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Part } from '../parts/part.tsx'
import { momentToSecond } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'

const EVERY_MS = 10_000

export function CameraMisses({ terminalId }: { readonly terminalId: number }) {
  const words = useWords().devices.sight
  const misses = useQuery({
    queryKey: ['camera-misses', terminalId],
    queryFn: () => read<CameraMissesAnswer>(`/api/admin/terminals/${terminalId}/camera/misses`),
    refetchInterval: EVERY_MS,
  })
  return (
    <Part title={words.misses}>
      <Loaded query={misses} rows={3}>
        {(data) =>
          data.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.noMisses} />
          ) : (
            <div className="misses">
              {data.map((miss) => (
                <Miss key={miss.at_utc} miss={miss} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Part>
  )
}

function Miss({ miss }: { readonly miss: CameraMissesAnswer['data'][number] }) {
  const words = useWords().devices.sight
  const { at, picture, reason } = miss
  const said = `${momentToSecond(at)}, ${words.miss[reason]}`
  return (
    <figure style={{ margin: 0 }}>
      <div className="frame">
        {picture === null ? words.missHidden : <img src={picture} alt={said} />}
      </div>
      <figcaption>
        <Typography.Text strong>{words.miss[reason]}</Typography.Text>
        <br />
        <Typography.Text type="secondary" className="moment">
          {momentToSecond(at)}
        </Typography.Text>
      </figcaption>
    </figure>
  )
}
