// Saying by hand what became of a refund that no terminal can tell of (M15).

import type { ResolveRefundRequest, StaffRefundAnswer, StaffRefundData } from '@byfly-pay/contract'
import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Form, Modal, Radio } from 'antd'
import { write } from '../api/call.ts'
import { Proof } from '../parts/proof.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { useAfresh } from './story.ts'

type Fields = Omit<ResolveRefundRequest, 'amount'>

interface Props {
  readonly refund: StaffRefundData
  readonly onDone: () => void
}

export function ResolveRefund({ refund, onDone }: Props) {
  const words = useWords().payments.refund
  const [form] = Form.useForm<Fields>()
  const outcome = Form.useWatch('outcome', form) ?? 'refunded'
  const afresh = useAfresh(refund.transaction_id)
  const { amount, currency } = refund
  const resolving = useMutation({
    mutationFn: (fields: Fields) =>
      write<StaffRefundAnswer>('POST', `/api/admin/refunds/${refund.id}/resolve`, {
        ...fields,
        ...(fields.outcome === 'refunded' ? { amount } : {}),
      }),
    onSuccess: async () => {
      await afresh()
      onDone()
    },
  })
  return (
    <Modal open title={words.resolve} footer={null} onCancel={onDone} destroyOnHidden>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ outcome: 'refunded' }}
        onFinish={(fields) => resolving.mutate(fields)}
      >
        <Form.Item name="outcome">
          <Radio.Group
            optionType="button"
            options={[
              { value: 'refunded', label: words.returned },
              { value: 'not_refunded', label: words.notReturned },
            ]}
          />
        </Form.Item>
        <Proof />
        <Flex vertical gap={12}>
          <Trouble error={resolving.error} ofWrite />
          <Button type="primary" htmlType="submit" loading={resolving.isPending}>
            {outcome === 'refunded'
              ? words.doReturned(money(amount, currency))
              : words.doNotReturned}
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}
