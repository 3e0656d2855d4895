// Why a terminal does not take payments, since when or until when, and what a person should do about it.

import type { TerminalOnWall } from '@byfly-pay/contract'
import { Typography } from 'antd'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'

export function Why({ terminal }: { readonly terminal: TerminalOnWall }) {
  const words = useWords()
  return (
    <div>
      {linesOf(terminal, words).map((line) => (
        <Typography.Paragraph key={line} style={{ marginBottom: 4 }}>
          {line}
        </Typography.Paragraph>
      ))}
    </div>
  )
}

function linesOf(terminal: TerminalOnWall, { devices, terminals }: Words): readonly string[] {
  const { camera, quarantine_reason: quarantine, suspended, taken_out: out, trouble } = terminal
  const until = terminal.quarantined_until
  const isSilent = terminal.status === 'offline'
  return [
    terminal.is_active || terminal.last_seen_at !== null ? null : devices.notPaired,
    trouble === null ? null : terminals.trouble[trouble],
    isSilent ? devices.offlineCure : null,
    out === null ? null : terminals.takenOut(out.by, out.reason),
    quarantine === null ? null : terminals.quarantine[quarantine],
    quarantine === null || until === null ? null : terminals.until(moment(until)),
    suspended === null ? null : terminals.suspended[suspended.reason],
    suspended === null ? null : devices.suspendedUntil(moment(suspended.next_test_at)),
    camera?.outcome === 'camera_failed' ? devices.cameraCure : null,
  ].filter((line) => line !== null)
}
