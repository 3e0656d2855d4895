// The palette: everything that may be gone to or done from here, found by a few letters, and payments by whatever
// number or name they have. It offers nothing that the rights do not open.

import type { TransactionsAnswer } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Modal } from 'antd'
import { Command, defaultFilter } from 'cmdk'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { read } from '../api/call.ts'
import { useMay, useMe } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useSettingsTabs } from '../settings/tabs.ts'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { letterOf } from './keys.ts'
import { useLook } from './look.tsx'
import { placesFor } from './navigation.tsx'
import { useOffered } from './offers.ts'

const SHORTEST = 2
const LONGEST = 128
const FOUND = 6

/** What the centre has found is found already; it comes after the page's own lines. */
const FOUND_MARK = 'found '
const FOUND_SCORE = 0.0001

function scoreOf(value: string, search: string, keywords?: string[]): number {
  return value.startsWith(FOUND_MARK) ? FOUND_SCORE : defaultFilter(value, search, keywords)
}

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function Palette({ isOpen, onClose }: Props) {
  const words = useWords().palette
  const [text, setText] = useState('')
  const close = () => {
    setText('')
    onClose()
  }
  return (
    <Modal
      open={isOpen}
      onCancel={close}
      footer={null}
      closable={false}
      // Named for those who do not see it.
      title={words.open}
      classNames={{ header: 'unseen' }}
      width={620}
      style={{ top: 72 }}
      styles={{ container: { padding: 8 } }}
      destroyOnHidden
    >
      <Command label={words.open} filter={scoreOf} loop>
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={words.placeholder}
          maxLength={LONGEST}
        />
        <Command.List>
          <Command.Empty>{words.none}</Command.Empty>
          <Here onDone={close} />
          <Places onDone={close} />
          <Own onDone={close} />
          <Payments text={text.trim()} onDone={close} />
        </Command.List>
      </Command>
    </Modal>
  )
}

interface GroupProps {
  readonly onDone: () => void
}

interface LineProps {
  readonly name: string
  readonly keys?: string | undefined
  readonly onSelect: () => void
  readonly children?: ReactNode
}

function Line({ name, keys, onSelect, children }: LineProps) {
  return (
    <Command.Item value={name} onSelect={onSelect}>
      <span>{children ?? name}</span>
      {keys === undefined ? null : <kbd>{keys}</kbd>}
    </Command.Item>
  )
}

/** What the open page offers now. */
function Here({ onDone }: GroupProps) {
  const words = useWords().palette
  const offered = useOffered()
  if (offered.length === 0) return null
  return (
    <Command.Group heading={words.here}>
      {offered.map(({ name, run }) => (
        <Line
          key={name}
          name={name}
          onSelect={() => {
            onDone()
            run()
          }}
        />
      ))}
    </Command.Group>
  )
}

function Places({ onDone }: GroupProps) {
  const words = useWords()
  const navigate = useNavigate()
  const { rights } = useMe()
  const tabs = useSettingsTabs()
  return (
    <Command.Group heading={words.palette.pages}>
      {placesFor(rights).map(({ letter, page, path }) => (
        <Line
          key={page}
          name={words.pages[page]}
          keys={letter === undefined ? undefined : `G ${letterOf(letter)}`}
          onSelect={() => {
            onDone()
            void navigate({ to: path })
          }}
        />
      ))}
      {tabs.map(({ key, title }) => (
        <Line
          key={key}
          name={`${words.pages.settings}: ${title}`}
          onSelect={() => {
            onDone()
            void navigate({ to: '/settings', search: { tab: key } })
          }}
        />
      ))}
    </Command.Group>
  )
}

function Own({ onDone }: GroupProps) {
  const words = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const { theme, turn } = useLook()
  return (
    <Command.Group heading={words.palette.actions}>
      {may('payments.create') ? (
        <Line
          name={words.payments.cashier.title}
          onSelect={() => {
            onDone()
            void navigate({ to: '/cashier', search: {} })
          }}
        />
      ) : null}
      <Line
        name={theme === 'dark' ? words.light : words.dark}
        onSelect={() => {
          onDone()
          turn()
        }}
      />
    </Command.Group>
  )
}

interface PaymentsProps extends GroupProps {
  readonly text: string
}

/** As the centre finds them: by number, order, phone, name, Kaspi's number. */
function Payments({ text, onDone }: PaymentsProps) {
  const words = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const search = useDeferredValue(text)
  const isAsked = search.length >= SHORTEST && may('payments.read')
  const found = useQuery({
    queryKey: ['payments', 'palette', search],
    queryFn: () => read<TransactionsAnswer>('/api/admin/transactions', { search, limit: FOUND }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  if (!isAsked) return null
  return (
    <Command.Group heading={words.palette.payments}>
      <Command.Item
        value={`${FOUND_MARK}all`}
        onSelect={() => {
          onDone()
          void navigate({ to: '/payments', search: { search } })
        }}
      >
        <span>{words.palette.all(search)}</span>
      </Command.Item>
      <Trouble error={found.error} />
      {(found.data?.transactions ?? []).map((payment) => (
        <Command.Item
          key={payment.transaction_id}
          value={`${FOUND_MARK}${payment.transaction_id}`}
          onSelect={() => {
            onDone()
            void navigate({ to: '/payments/$id', params: { id: payment.transaction_id } })
          }}
        >
          <span className="one-line">
            <span className="sum">{money(payment.amount, payment.currency)}</span>
            {' · '}
            {words.payments.status[payment.status]}
            {' · '}
            {payment.customer_name ?? payment.customer_phone ?? payment.source_name}
          </span>
          <span className="moment">{moment(payment.created_at)}</span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}
