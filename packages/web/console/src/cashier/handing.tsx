// The link in the customer's hands: on the screen as a QR, in a messenger, in the clipboard; and what the
// payment is doing meanwhile, as the centre tells it.

import type { NewPayment } from '@byfly-pay/contract'
import { Link } from '@tanstack/react-router'
import { Button, Card, Flex, QRCode, Result, Typography } from 'antd'
import { Loaded } from '../parts/loaded.tsx'
import { Marks } from '../payments/status-tag.tsx'
import { type Story, useStory } from '../payments/story.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'

const BUSY_MS = 2_000

interface Props {
  readonly payment: NewPayment
  readonly onNext: () => void
}

export function Handing({ payment, onNext }: Props) {
  const words = useWords().payments.cashier
  const story = useStory(payment.transaction_id, BUSY_MS)
  return (
    <Card>
      <Flex vertical gap={16}>
        <Loaded query={story} rows={3}>
          {(data) => <Standing story={data} link={payment.checkout_url} />}
        </Loaded>
        <Flex gap={8} wrap>
          <Link to="/payments/$id" params={{ id: payment.transaction_id }}>
            {words.watch}
          </Link>
        </Flex>
        <Button type="primary" size="large" block onClick={onNext}>
          {words.next}
        </Button>
      </Flex>
    </Card>
  )
}

function Standing({ story, link }: { readonly story: Story; readonly link: string }) {
  const all = useWords()
  const words = all.payments.cashier
  const sum = money(story.amount, story.currency)
  if (story.status === 'paid') {
    return <Result status="success" title={all.payments.status.paid} subTitle={sum} />
  }
  return (
    <Flex vertical gap={16} align="center">
      <span className="sum" style={{ fontSize: 32, fontWeight: 600 }}>
        {sum}
      </span>
      <Marks payment={story} />
      <Typography.Text style={{ textAlign: 'center' }} role="status">
        {story.status === 'pending' ? (
          words.waiting
        ) : (
          <span lang="ru">{story.why_this_status}</span>
        )}
      </Typography.Text>
      {story.status === 'cancelled' ? null : <Sending link={link} sum={sum} />}
    </Flex>
  )
}

function Sending({ link, sum }: { readonly link: string; readonly sum: string }) {
  const words = useWords().payments.cashier
  const text = words.message(sum, link)
  return (
    <>
      <Typography.Text>{words.show}</Typography.Text>
      <span className="white-ground">
        <QRCode
          aria-label={words.qr}
          value={link}
          size={240}
          bordered={false}
          color="#000"
          bgColor="#fff"
        />
      </span>
      <Typography.Text copyable style={{ textAlign: 'center' }}>
        {link}
      </Typography.Text>
      <Flex gap={8} wrap justify="center">
        <Button
          href={`https://wa.me/?text=${encodeURIComponent(text)}`}
          target="_blank"
          rel="noreferrer"
        >
          {words.whatsapp}
        </Button>
        <Button
          href={`https://t.me/share/url?url=${encodeURIComponent(link)}&text=${encodeURIComponent(sum)}`}
          target="_blank"
          rel="noreferrer"
        >
          {words.telegram}
        </Button>
      </Flex>
    </>
  )
}
