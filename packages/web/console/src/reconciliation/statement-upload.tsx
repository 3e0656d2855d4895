// A file of the bank's goes in: dropped or chosen, sent with its progress, read. An unknown table has its
// columns named, and then the same file goes in again by itself.

import { InboxOutlined } from '@ant-design/icons'
import type { StatementUploadAnswer } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, DatePicker, Flex, Form, Progress, Typography, Upload } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { CallError } from '../api/call.ts'
import { sendFile } from '../api/send-file.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { ColumnsForm } from './columns-form.tsx'
import type { Ledger } from './ledger.tsx'
import { UploadOutcome } from './upload-outcome.tsx'

type Answer = StatementUploadAnswer['data']
type Days = readonly [Dayjs | null, Dayjs | null] | null

const DAY = 'YYYY-MM-DD'
const WHOLE = 100
/** The centre takes no greater one, and may hang up in the middle of it. */
const FILE_BYTES = 20 * 1024 * 1024

export function StatementUpload({ ledger }: { readonly ledger: Ledger }) {
  const words = useWords().reconciliation.upload
  const client = useQueryClient()
  const [days, setDays] = useState<Days>(null)
  const [sent, setSent] = useState(0)
  const [isTooLarge, setTooLarge] = useState(false)
  const sending = useMutation({
    mutationFn: (file: File): Promise<Answer> => {
      setSent(0)
      const query = {
        ...ledger,
        file_name: file.name,
        date_from: days?.[0]?.format(DAY),
        date_to: days?.[1]?.format(DAY),
      }
      return sendFile<StatementUploadAnswer>('/api/admin/statements', query, file, setSent)
    },
    onSuccess: async () => {
      await Promise.all(
        ['statements', 'desks', 'days'].map((name) =>
          client.invalidateQueries({ queryKey: [name] }),
        ),
      )
    },
  })
  const { data, error, isPending, variables: file } = sending
  if (file !== undefined && isPending) return <Sending file={file} sent={sent} />
  if (file !== undefined && data?.state === 'needs_columns') {
    return (
      <ColumnsForm
        table={{ system: ledger.system, heading: data.heading ?? [], columns: data.guess ?? {} }}
        sample={data.sample}
        onCancel={() => sending.reset()}
        onSaved={() => sending.mutate(file)}
      />
    )
  }
  if (data !== undefined) return <UploadOutcome answer={data} onAgain={() => sending.reset()} />
  return (
    <Flex vertical gap={12}>
      {isTooLarge ? (
        <Alert type="error" showIcon role="alert" title={words.tooLarge} />
      ) : (
        <Refused error={error} />
      )}
      <Upload.Dragger
        accept=".csv,.txt,.xlsx"
        showUploadList={false}
        beforeUpload={(chosen) => {
          setTooLarge(chosen.size > FILE_BYTES)
          if (chosen.size <= FILE_BYTES) sending.mutate(chosen)
          return false
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">{words.drop}</p>
        <p className="ant-upload-hint">{words.hint}</p>
      </Upload.Dragger>
      <Form.Item
        label={words.period}
        extra={words.periodHint}
        layout="vertical"
        style={{ margin: 0 }}
      >
        <DatePicker.RangePicker
          value={days === null ? null : [...days]}
          onChange={setDays}
          format="DD.MM.YYYY"
          style={{ width: '100%', maxWidth: 340 }}
        />
      </Form.Item>
    </Flex>
  )
}

function Sending({ file, sent }: { readonly file: File; readonly sent: number }) {
  const words = useWords().reconciliation.upload
  const text = sent < 1 ? words.sending(file.name) : words.reading
  return (
    <Flex vertical gap={4} role="status">
      <Typography.Text>{text}</Typography.Text>
      <Progress
        aria-label={text}
        percent={Math.floor(sent * WHOLE)}
        status={sent < 1 ? 'normal' : 'active'}
      />
    </Flex>
  )
}

const BAD_ROW = /^row (\d+)$/
const BAD_FIELD = /^Cannot be read: (\w+)$/

/** Rows that could not be read are named one by one: they are what must be mended. */
function Refused({ error }: { readonly error: unknown }) {
  const { columns, upload: words } = useWords().reconciliation
  if (error === null) return null
  const fields = error instanceof CallError ? error.fields : {}
  const names: Readonly<Record<string, string>> = columns.field
  const rows = Object.entries(fields).flatMap(([where, what]) => {
    const [, row] = BAD_ROW.exec(where) ?? []
    const [, field = ''] = BAD_FIELD.exec(what) ?? []
    return row === undefined ? [] : [words.badRow(row, names[field] ?? field)]
  })
  return (
    <>
      <Trouble error={error} ofWrite />
      {rows.length === 0 ? null : (
        <Alert
          type="warning"
          title={words.badRows}
          description={rows.map((row) => <div key={row}>{row}</div>)}
        />
      )}
    </>
  )
}
