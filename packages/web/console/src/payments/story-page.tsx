// One payment as a story, from the top: the sum and how it stands, why, what may be done; then what happened.

import { Link, useParams } from '@tanstack/react-router'
import { Card, Collapse, Descriptions, Flex, Grid, Typography } from 'antd'
import type { ReactNode } from 'react'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { Part } from '../parts/part.tsx'
import { moment } from '../show/moment.ts'
import { money } from '../show/money.ts'
import { useWords } from '../words/language.tsx'
import { Actions } from './actions.tsx'
import { Attempts } from './attempts.tsx'
import { Captures } from './captures.tsx'
import { Deliveries } from './deliveries.tsx'
import { Refunds } from './refunds.tsx'
import { Marks } from './status-tag.tsx'
import { type Story, useStory } from './story.ts'
import { Timeline } from './timeline.tsx'

export function StoryPage() {
  const words = useWords()
  const { id } = useParams({ from: '/payments/$id' })
  const story = useStory(id)
  return (
    <Page title={words.payments.story.title}>
      <Loaded query={story} rows={14}>
        {(data) => <Whole story={data} />}
      </Loaded>
    </Page>
  )
}

function Whole({ story }: { readonly story: Story }) {
  const words = useWords().payments.story
  const isWide = Grid.useBreakpoint().xl === true
  const main = (
    <Flex vertical gap={16} flex="3 1 0" style={{ minWidth: 0 }}>
      <Head story={story} />
      <Refunds story={story} />
      <Part title={words.timeline}>
        <Timeline steps={story.timeline} />
      </Part>
    </Flex>
  )
  const side = (
    <Flex vertical gap={16} flex="2 1 0" style={{ minWidth: 0 }}>
      <Part title={words.about}>
        <About story={story} />
      </Part>
      <Captures story={story} />
      <Collapse
        items={[
          { key: 'attempts', label: words.attempts, children: <Attempts story={story} /> },
          ...(story.deliveries === null
            ? []
            : [
                {
                  key: 'deliveries',
                  label: `${words.deliveries}: ${story.deliveries.length}`,
                  children: <Deliveries story={story} deliveries={story.deliveries} />,
                },
              ]),
        ]}
      />
    </Flex>
  )
  return (
    <Flex vertical={!isWide} gap={16} align={isWide ? 'flex-start' : 'stretch'}>
      {main}
      {side}
    </Flex>
  )
}

function Head({ story }: { readonly story: Story }) {
  const { amount, currency } = story
  return (
    <Card>
      <Flex vertical gap={12}>
        <Flex gap={12} align="center" wrap>
          <span className="sum" style={{ fontSize: 32, fontWeight: 600 }}>
            {money(amount, currency)}
          </span>
          <Marks payment={story} />
        </Flex>
        <Typography.Text>{story.why_this_status}</Typography.Text>
        <Replacement story={story} />
        <Actions story={story} />
      </Flex>
    </Card>
  )
}

/** What the payment took the place of, and what took its. */
function Replacement({ story }: { readonly story: Story }) {
  const words = useWords().desk
  const links = [
    [words.replaces, story.replaces],
    [words.replacedBy, story.replaced_by],
  ] as const
  return links.map(([name, id]) =>
    id === null ? null : (
      <Link key={name} to="/payments/$id" params={{ id }}>
        {name}
      </Link>
    ),
  )
}

function About({ story }: { readonly story: Story }) {
  const words = useWords()
  const { column, story: said } = words.payments
  const { currency } = story
  const sum = (tiyn: number) => <span className="sum">{money(tiyn, currency)}</span>
  const customer = [story.customer_name, story.customer_phone, story.customer_email]
  const isForgotten = story.customer_forgotten_at !== null
  const lines: Readonly<Record<string, ReactNode>> = {
    [said.number]: <Typography.Text copyable>{story.transaction_id}</Typography.Text>,
    [column.source]: story.source_name,
    [column.customer]: isForgotten
      ? words.payments.forgotten
      : customer.filter((part) => part !== null).join(', ') || null,
    [column.what]: story.description,
    [column.order]: story.external_id ?? story.order,
    [column.method]: story.payment_method_name,
    [column.terminal]: story.terminal_name,
    [said.original]: sum(story.original_amount),
    [said.commission]: sum(story.commission_amount),
    [said.paid]: sum(story.paid_amount),
    [said.remaining]: story.remaining_amount === 0 ? null : sum(story.remaining_amount),
    [said.refunded]: story.refunded_amount === 0 ? null : sum(story.refunded_amount),
    [column.created]: moment(story.created_at),
    [said.paidAt]: story.paid_at === null ? null : moment(story.paid_at),
    [said.expiresAt]: story.status === 'paid' ? null : moment(story.expires_at),
    [said.link]: (
      <Typography.Link copyable href={story.checkout_url} target="_blank" rel="noreferrer">
        {story.checkout_url}
      </Typography.Link>
    ),
  }
  return (
    <Descriptions
      size="small"
      column={1}
      items={Object.entries(lines)
        .filter(([, value]) => value !== null)
        .map(([label, value]) => ({ key: label, label, children: value }))}
    />
  )
}
