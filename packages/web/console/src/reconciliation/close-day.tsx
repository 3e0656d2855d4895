// Closing a day names what is written down for ever, with its sums. Closing it again takes a reason.

import type { CloseDayRequest, ClosedDayAnswer, DayPreviewAnswer } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Flex, Form, Modal, Typography } from 'antd'
import { useState } from 'react'
import { write } from '../api/call.ts'
import { Reason } from '../parts/proof.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { count, money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import type { Ledger } from './ledger.tsx'

interface Props {
  readonly preview: DayPreviewAnswer['data']
  readonly ledger: Ledger
}

export function CloseDay({ preview, ledger }: Props) {
  const words = useWords().reconciliation.day
  const client = useQueryClient()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const { last_version: lastVersion, report } = preview
  const { day } = report
  const closing = useMutation({
    mutationFn: ({ reason }: Pick<CloseDayRequest, 'reason'>) =>
      write<ClosedDayAnswer>('POST', `/api/admin/days/${day}/close`, {
        ...ledger,
        ...(reason === undefined ? {} : { reason }),
      }),
    onSuccess: async () => {
      setOpen(false)
      await client.invalidateQueries({ queryKey: ['days'] })
      await navigate({ to: '/reconciliation/days/$day', params: { day }, search: ledger })
    },
  })
  const isAgain = lastVersion > 0
  const { captures, gross } = report.totals
  const name = isAgain ? words.again : words.close
  return (
    <>
      <Button type={isAgain ? 'default' : 'primary'} onClick={() => setOpen(true)}>
        {name}
      </Button>
      <Modal
        open={isOpen}
        title={words.closeTitle(moment(day))}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Typography.Paragraph>
          {words.closeText(money(gross), count(captures))}
        </Typography.Paragraph>
        <Typography.Paragraph type={report.open_differences === 0 ? 'secondary' : 'warning'}>
          {report.open_differences === 0
            ? words.closeClean
            : words.closeOpen(count(report.open_differences))}
        </Typography.Paragraph>
        <Form layout="vertical" onFinish={(fields: CloseDayRequest) => closing.mutate(fields)}>
          {isAgain ? (
            <>
              <Typography.Paragraph>{words.againText}</Typography.Paragraph>
              <Reason />
            </>
          ) : null}
          <Flex vertical gap={12}>
            <Trouble error={closing.error} ofWrite />
            <Button type="primary" htmlType="submit" loading={closing.isPending}>
              {words.doClose(money(gross))}
            </Button>
          </Flex>
        </Form>
      </Modal>
    </>
  )
}
