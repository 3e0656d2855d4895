// The two fields of every decision by hand: what one looked at, and why one decides. Both stay in the audit.

import { Form, Input } from 'antd'
import { useWords } from '../words/language.tsx'

const SHORTEST = 3
const LONGEST = 500

export function Proof() {
  const words = useWords().form
  return (
    <>
      <Line name="evidence" label={words.evidence} placeholder={words.evidenceHint} />
      <Reason />
    </>
  )
}

export function Reason() {
  const words = useWords().form
  return <Line name="reason" label={words.reason} />
}

interface LineProps {
  readonly name: 'evidence' | 'reason'
  readonly label: string
  readonly placeholder?: string
}

function Line({ name, label, placeholder = '' }: LineProps) {
  const words = useWords().form
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[
        { required: true, whitespace: true, message: words.required },
        { min: SHORTEST, message: words.atLeast(SHORTEST) },
      ]}
    >
      <Input.TextArea rows={2} maxLength={LONGEST} placeholder={placeholder} />
    </Form.Item>
  )
}
