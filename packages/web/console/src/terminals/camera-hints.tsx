// What would make a camera read better, in words. Each line is there whether or not anything is wrong.

import {
  CheckCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons'
import { Flex, Typography, theme } from 'antd'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import type { Look } from './camera-page.tsx'

/** A decoder reads up to the first without trouble, and hardly beyond the second. */
const STRAIGHT_DEGREES = 25
const STEEP_DEGREES = 45

interface Hint {
  readonly text: string
  /** Null where there is nothing to judge by. */
  readonly isWell: boolean | null
}

export function Hints({ look }: { readonly look: Look | null }) {
  const words = useWords()
  return (
    <Flex vertical gap={8}>
      {hintsOf(look, words).map(({ isWell, text }) => (
        <Line key={text} isWell={isWell} text={text} />
      ))}
    </Flex>
  )
}

function Line({ isWell, text }: Hint) {
  const { token } = theme.useToken()
  return (
    <Flex gap={10} align="flex-start">
      {isWell === null ? (
        <MinusCircleOutlined />
      ) : isWell ? (
        <CheckCircleOutlined style={{ color: token.colorSuccess }} />
      ) : (
        <ExclamationCircleOutlined style={{ color: token.colorWarning }} />
      )}
      <Typography.Text>{text}</Typography.Text>
    </Flex>
  )
}

function hintsOf(look: Look | null, { devices: { sight } }: Words): readonly Hint[] {
  const frame = look?.frame ?? null
  if (frame === null) return []
  const { focus, light, tilt_degrees: tilt } = frame
  return [
    { text: sight.light[light], isWell: light === 'good' },
    { text: sight.focus[focus], isWell: focus === 'sharp' },
    angleHint(tilt, sight.angle),
  ]
}

function angleHint(tilt: number | null, words: Words['devices']['sight']['angle']): Hint {
  if (tilt === null) return { text: words.unknown, isWell: null }
  if (tilt <= STRAIGHT_DEGREES) return { text: words.straight, isWell: true }
  return { text: tilt <= STEEP_DEGREES ? words.slanted(tilt) : words.steep(tilt), isWell: false }
}
