// The keys of the console, told to whoever asks by `?`.

import { Flex, Modal, Typography } from 'antd'
import { useMe } from '../api/me.ts'
import { useWords } from '../words/language.tsx'
import { letterOf, PALETTE_KEYS } from './keys.ts'
import { placesFor } from './navigation.tsx'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function KeyHelp({ isOpen, onClose }: Props) {
  const words = useWords()
  const { rights } = useMe()
  const lines: readonly (readonly [string, string])[] = [
    [PALETTE_KEYS, words.palette.open],
    ['/', words.keys.search],
    ['?', words.keys.help],
    ['Esc', words.keys.close],
    ...placesFor(rights).flatMap(({ letter, page }) =>
      letter === undefined ? [] : [[`G ${letterOf(letter)}`, words.pages[page]] as const],
    ),
  ]
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={words.keys.title} width={420}>
      <Flex vertical gap={8}>
        {lines.map(([keys, does]) => (
          <Flex key={keys} justify="space-between" gap={16}>
            <Typography.Text>{does}</Typography.Text>
            <Typography.Text keyboard>{keys}</Typography.Text>
          </Flex>
        ))}
        <Typography.Text type="secondary">{words.keys.goHint}</Typography.Text>
      </Flex>
    </Modal>
  )
}
