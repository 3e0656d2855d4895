// The link in the customer's hands: on the screen as a QR, in a messenger, by SMS, on paper; and what the payment
// is doing meanwhile, as the centre tells it.

import { PrinterOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Card, Flex, QRCode, Result, Typography } from 'antd'
import { useMay } from '../api/me.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Marks } from '../payments/status-tag.tsx'
import { type Story, useStory } from '../payments/story.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { Slip } from './slip.tsx'
import { Texting } from './texting.tsx'

const BUSY_MS = 2_000

interface Props {
  readonly id: string
  readonly onNext: () => void
}

export function Handing({ id, onNext }: Props) {
  const { desk, payments } = useWords()
  const words = payments.cashier
  const story = useStory(id, BUSY_MS)
  return (
    <Card>
      <Flex vertical gap={16}>
        <Loaded query={story} rows={3}>
          {(data) => (
            <>
              <Standing story={data} />
              <Slip story={data} />
            </>
          )}
        </Loaded>
        <Flex gap={8} wrap align="center" justify="space-between">
          <Link to="/payments/$id" params={{ id }}>
            {words.watch}
          </Link>
          <Button icon={<PrinterOutlined />} onClick={() => print()} disabled={!story.isSuccess}>
            {desk.print}
          </Button>
        </Flex>
        <Button type="primary" size="large" block onClick={onNext}>
          {words.next}
        </Button>
      </Flex>
    </Card>
  )
}

function Standing({ story }: { readonly story: Story }) {
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
        {story.status === 'pending' ? words.waiting : story.why_this_status}
      </Typography.Text>
      {story.status === 'cancelled' ? null : <Sending story={story} sum={sum} />}
    </Flex>
  )
}

function Sending({ story, sum }: { readonly story: Story; readonly sum: string }) {
  const words = useWords().payments.cashier
  const may = useMay()
  const { checkout_url: link, customer_phone: phone } = story
  const text = words.message(sum, link)
  // Without a number WhatsApp asks whom to write to.
  const whom = phone?.replace(/\D/g, '') ?? ''
  return (
    <>
      <Typography.Text style={{ textAlign: 'center' }}>{words.show}</Typography.Text>
      <span className="white-ground">
        <QRCode
          aria-label={words.qr}
          value={link}
          size={216}
          bordered={false}
          color="#000"
          bgColor="#fff"
        />
      </span>
      <Flex gap={8} wrap justify="center">
        <Button
          size="large"
          href={`https://wa.me/${whom}?text=${encodeURIComponent(text)}`}
          target="_blank"
          rel="noreferrer"
        >
          {words.whatsapp}
        </Button>
        <Button
          size="large"
          href={`https://t.me/share/url?url=${encodeURIComponent(link)}&text=${encodeURIComponent(sum)}`}
          target="_blank"
          rel="noreferrer"
        >
          {words.telegram}
        </Button>
      </Flex>
      <Typography.Text copyable style={{ textAlign: 'center' }}>
        {link}
      </Typography.Text>
      {may('customers.text') ? <Texting id={story.transaction_id} phone={phone} /> : null}
    </>
  )
}
