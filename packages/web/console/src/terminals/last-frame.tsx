// The last picture of a terminal's camera, small, with its age. The box has its size before the picture comes.

import type { TerminalOnWall } from '@byfly-pay/contract'
import { Link } from '@tanstack/react-router'
import { Flex, Typography } from 'antd'
import { addressOf } from '../api/call.ts'
import { useWords } from '../words/language.tsx'
import { lasting } from './lasting.ts'

export function LastFrame({ terminal }: { readonly terminal: TerminalOnWall }) {
  const words = useWords().devices
  const { camera, camera_url: url, id, name } = terminal
  const at = camera?.frame_at_utc ?? null
  const isDown = camera?.outcome === 'camera_failed'
  if (url === null) {
    return <div className="frame">{words.noCamera}</div>
  }
  return (
    <div>
      <Link to="/terminals/$id/camera" params={{ id: String(id) }} className="frame">
        {at === null ? (
          <span>{camera === null || isDown ? words.noFrame : words.noPicture}</span>
        ) : (
          // Another moment is another picture; the same is not fetched again.
          <img
            src={addressOf(`/api/admin/terminals/${id}/camera/frame`, { at })}
            alt={words.frameOf(name)}
          />
        )}
      </Link>
      <Flex justify="space-between" gap={8}>
        <Typography.Text type={isDown ? 'danger' : 'secondary'}>
          {isDown ? words.cameraDown : words.camera}
        </Typography.Text>
        <Typography.Text type="secondary" className="moment">
          {camera?.frame_age_seconds === null || camera === null
            ? '—'
            : words.frameAge(lasting(camera.frame_age_seconds, words))}
        </Typography.Text>
      </Flex>
    </div>
  )
}
