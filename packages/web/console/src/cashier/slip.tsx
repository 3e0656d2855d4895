// The slip that a cashier prints: the sum, what for, the link as a QR. It is no fiscal receipt, and says so.

import { QRCode } from 'antd'
import { createPortal } from 'react-dom'
import type { Story } from '../payments/story.ts'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'

/** On paper alone, and alone on the paper: main.css. */
export function Slip({ story }: { readonly story: Story }) {
  const all = useWords()
  const words = all.desk
  const { amount, currency, description, source_name: source, status } = story
  return createPortal(
    <div className="slip" aria-hidden="true">
      <strong>{source}</strong>
      <div className="slip-sum">{money(amount, currency)}</div>
      {status === 'paid' ? <div>{all.payments.status.paid}</div> : null}
      {description === null ? null : <div>{description}</div>}
      {status === 'paid' ? null : (
        <>
          <div>{words.scanToPay}</div>
          <QRCode
            type="svg"
            value={story.checkout_url}
            size={200}
            bordered={false}
            color="#000"
            bgColor="#fff"
          />
          <div>{words.payBefore(moment(story.expires_at))}</div>
        </>
      )}
      <div>
        {story.paid_at === null ? moment(story.created_at) : moment(story.paid_at)}
        <br />
        {story.transaction_id}
      </div>
      <small>{words.notFiscal}</small>
    </div>,
    document.body,
  )
}
