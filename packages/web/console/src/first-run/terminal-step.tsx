// The first terminal: where it and its camera are, the access that a person allows on its screen, and a test
// that speaks to both. Everything more is for the page of terminals.

import { Link } from '@tanstack/react-router'
import { Flex } from 'antd'
import { useState } from 'react'
import { useTerminals } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { useWords } from '../words/language.tsx'
import { NewTerminal } from './new-terminal.tsx'
import { TerminalTrial } from './terminal-trial.tsx'

const EVERY_MS = 5_000
/** One is enough to begin with, a few may have been entered elsewhere. */
const SHOWN = 3

export function TerminalStep() {
  const words = useWords().firstRun.terminal
  const terminals = useTerminals(EVERY_MS)
  const [added, setAdded] = useState<number | null>(null)
  return (
    <Loaded query={terminals} rows={4}>
      {(data) =>
        data.length === 0 ? (
          <NewTerminal onAdded={setAdded} />
        ) : (
          <Flex vertical gap={16}>
            {data.slice(0, SHOWN).map((terminal) => (
              <TerminalTrial key={terminal.id} terminal={terminal} isNew={terminal.id === added} />
            ))}
            <Link to="/terminals">{words.more}</Link>
          </Flex>
        )
      }
    </Loaded>
  )
}
