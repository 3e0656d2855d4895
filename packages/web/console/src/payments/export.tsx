// The list taken away as a file: how far it is while it comes, and how it ended. Leaving the page gives it up.

import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Dropdown, Flex, Progress, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { addressOf, CallError } from '../api/call.ts'
import { keepFile, type Taken, takeFile } from '../api/take-file.ts'
import { Trouble } from '../parts/trouble.tsx'
import { count } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Filters } from './filters.ts'

const FORMATS = ['xlsx', 'csv'] as const
type Format = (typeof FORMATS)[number]

const NOTHING: Taken = { bytes: 0, records: 0 }
const MEGABYTE = 1024 * 1024
const WHOLE = 100
/** The last percent is the end's own. */
const ALMOST = 99

export function useExport({ cursor: _cursor, ...filters }: Filters) {
  const [taken, setTaken] = useState(NOTHING)
  const giveUp = useRef(new AbortController())
  useEffect(() => () => giveUp.current.abort(), [])
  const taking = useMutation({
    mutationFn: async (format: Format) => {
      giveUp.current = new AbortController()
      setTaken(NOTHING)
      const address = addressOf('/api/admin/transactions/export', { ...filters, format })
      const file = await takeFile(address, giveUp.current.signal, setTaken)
      keepFile(file)
      return { name: file.name, bytes: file.bytes, records: file.records }
    },
  })
  return { taking, taken, stop: () => giveUp.current.abort() }
}

type Exporting = ReturnType<typeof useExport>

export function ExportButton({ taking }: Exporting) {
  const words = useWords().payments.export
  const items = FORMATS.map((format) => ({
    key: format,
    label: words[format],
    onClick: () => taking.mutate(format),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']} disabled={taking.isPending}>
      <Button icon={<DownloadOutlined />}>{words.button}</Button>
    </Dropdown>
  )
}

interface ProgressProps {
  readonly exporting: Exporting
  /** Of the list; null where it is not counted to the end. */
  readonly total: number | null
}

export function ExportProgress({ exporting, total }: ProgressProps) {
  const words = useWords().exporting
  const { stop, taken, taking } = exporting
  const { data, error, isPending, reset, variables: format } = taking
  if (isPending)
    return <Coming taken={taken} total={format === 'csv' ? total : null} onStop={stop} />
  if (data !== undefined) {
    const rows = data.name.endsWith('.csv') ? words.rows(count(data.records)) : null
    return (
      <Alert
        role="status"
        type="success"
        showIcon
        closable={{ onClose: reset }}
        title={words.done(data.name)}
        description={[rows, words.megabytes(tenths(data.bytes))]
          .filter((part) => part !== null)
          .join(' · ')}
      />
    )
  }
  if (!(error instanceof CallError)) return <Trouble error={error} />
  if (error.code === 'given_up') {
    return <Alert type="info" showIcon closable={{ onClose: reset }} title={words.givenUp} />
  }
  if (error.code !== 'broken_off') return <Trouble error={error} />
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={words.brokenOff}
      action={
        format === undefined ? null : (
          <Button size="small" onClick={() => taking.mutate(format)}>
            {words.again}
          </Button>
        )
      }
    />
  )
}

interface ComingProps {
  readonly taken: Taken
  readonly total: number | null
  readonly onStop: () => void
}

/** A sheet is packed, so of its rows nothing is known till the end. */
function Coming({ taken: { bytes, records }, total, onStop }: ComingProps) {
  const words = useWords().exporting
  const far =
    total === null || total === 0
      ? null
      : Math.min(ALMOST, Math.floor((Math.max(records, 0) / total) * WHOLE))
  const text =
    total === null ? words.coming : words.comingOf(count(Math.max(records, 0)), count(total))
  return (
    <Flex vertical gap={4} role="status">
      <Flex gap={12} align="center" wrap>
        <Typography.Text>
          {text} · {words.megabytes(tenths(bytes))}
        </Typography.Text>
        <Button size="small" onClick={onStop}>
          {words.stop}
        </Button>
      </Flex>
      {far === null ? null : <Progress aria-label={text} percent={far} status="active" />}
    </Flex>
  )
}

function tenths(bytes: number): string {
  return String(Math.round((bytes / MEGABYTE) * 10) / 10).replace('.', ',')
}
