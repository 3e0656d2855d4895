// One frame of a camera with the codes in it outlined. The outline is drawn over the picture, in its own measure.

import { Typography } from 'antd'
import { useWords } from '../words/language.tsx'
import type { Look } from './camera-page.tsx'

interface Props {
  /** Null before the first look. */
  readonly look: Look | null
  readonly name: string
}

export function FrameView({ look, name }: Props) {
  const words = useWords().devices
  const frame = look?.frame ?? null
  if (frame === null) {
    const isText = look?.outcome === 'nothing' || look?.outcome === 'read'
    return (
      <>
        <div className="frame">
          {look === null ? words.noFrame : isText ? words.noPicture : words.noFrame}
        </div>
        <Outcome look={look} />
      </>
    )
  }
  const { codes, height, picture, width } = frame
  return (
    <>
      <div className="frame">
        <img src={picture} alt={words.frameOf(name)} />
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {codes.map((corners) => {
            const points = corners.map(({ x, y }) => `${x * width},${y * height}`).join(' ')
            return <polygon key={points} points={points} className={`outline ${look?.outcome}`} />
          })}
        </svg>
      </div>
      <Outcome look={look} />
    </>
  )
}

function Outcome({ look }: { readonly look: Look | null }) {
  const words = useWords().devices.sight
  const isBad = look?.outcome === 'camera_failed' || look?.outcome === 'foreign'
  return (
    <Typography.Text strong {...(isBad ? { type: 'danger' } : {})}>
      {look === null ? ' ' : words.outcome[look.outcome]}
    </Typography.Text>
  )
}
