// The test of one terminal beside the wall.

import type { TerminalData } from '@byfly-pay/contract'
import { Drawer } from 'antd'
import { useWords } from '../words/language.tsx'
import { CheckList } from './check-list.tsx'

interface Props {
  readonly terminal: TerminalData
  readonly onClose: () => void
}

export function TestDrawer({ terminal, onClose }: Props) {
  const words = useWords().terminals
  return (
    <Drawer
      open
      onClose={onClose}
      title={`${words.look['self-test']}: ${terminal.name}`}
      size={420}
    >
      <CheckList terminalId={terminal.id} />
    </Drawer>
  )
}
