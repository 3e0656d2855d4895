// The views of the list that whoever is here has named: one tap opens one, and what is open may be named or
// dropped. They are kept at the centre, so they are there on another computer too.

import type {
  SavedViewData,
  SavedViewsAnswer,
  ViewRemovedAnswer,
  ViewSavedAnswer,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Input, Modal, Popconfirm } from 'antd'
import { useState } from 'react'
import { read, write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { type Filters, isNarrowed } from './filters.ts'

const PATH = '/api/admin/saved-views'
const KEY = ['saved-views'] as const

interface Props {
  readonly filters: Filters
  readonly onOpen: (filters: Filters) => void
}

export function SavedViews({ filters: { cursor: _cursor, ...filters }, onOpen }: Props) {
  const words = useWords().views
  const [isNaming, setNaming] = useState(false)
  const views = useQuery({ queryKey: KEY, queryFn: () => read<SavedViewsAnswer>(PATH) })
  const here = views.data?.find((view) => isSame(view.filters, filters))
  // A list without its views is still a list.
  if (views.data === undefined) return null
  if (views.data.length === 0 && !isNarrowed(filters)) return null
  return (
    <Flex gap={8} wrap align="center" role="group" aria-label={words.title}>
      {views.data.map((view) => (
        <Button
          key={view.id}
          size="small"
          type={view === here ? 'primary' : 'default'}
          aria-pressed={view === here}
          onClick={() => onOpen(view.filters)}
        >
          {view.name}
        </Button>
      ))}
      {here === undefined ? null : <Drop view={here} />}
      {here === undefined && isNarrowed(filters) ? (
        <Button size="small" type="link" onClick={() => setNaming(true)}>
          {words.save}
        </Button>
      ) : null}
      {isNaming ? <Naming filters={filters} onDone={() => setNaming(false)} /> : null}
    </Flex>
  )
}

function isSame(a: Filters, b: Filters): boolean {
  const said = (filters: Filters) =>
    JSON.stringify(
      Object.entries(filters)
        .filter(([, value]) => value !== undefined)
        .sort(),
    )
  return said(a) === said(b)
}

function Drop({ view }: { readonly view: SavedViewData }) {
  const words = useWords()
  const client = useQueryClient()
  const dropping = useMutation({
    mutationFn: () => write<ViewRemovedAnswer>('DELETE', `${PATH}/${view.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  })
  return (
    <>
      <Popconfirm
        title={words.views.dropTitle(view.name)}
        okText={words.views.drop}
        cancelText={words.act.cancel}
        onConfirm={() => dropping.mutate()}
      >
        <Button size="small" type="link" loading={dropping.isPending}>
          {words.views.drop}
        </Button>
      </Popconfirm>
      <Trouble error={dropping.error} ofWrite />
    </>
  )
}

interface NamingProps {
  readonly filters: Filters
  readonly onDone: () => void
}

function Naming({ filters, onDone }: NamingProps) {
  const words = useWords()
  const client = useQueryClient()
  const saving = useMutation({
    mutationFn: ({ name }: { readonly name: string }) =>
      write<ViewSavedAnswer>('PUT', PATH, { name, filters }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: KEY })
      onDone()
    },
  })
  return (
    <Modal open title={words.views.save} footer={null} onCancel={onDone}>
      <Form layout="vertical" onFinish={(fields: { name: string }) => saving.mutate(fields)}>
        <Form.Item
          name="name"
          label={words.views.name}
          extra={words.views.hint}
          rules={[{ required: true, whitespace: true, message: words.form.required }]}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Flex vertical gap={12}>
          <Trouble error={saving.error} ofWrite />
          <Button type="primary" htmlType="submit" loading={saving.isPending}>
            {words.act.save}
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}
