// A short list of the centre's own things, each with a name: shown, added to, changed, and what is not in use
// removed. Countries and payment systems are such lists.

import type { PlaceDoneAnswer } from '@byfly-pay/contract'
import { type UseQueryResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Modal, Popconfirm, type TableColumnsType, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { write } from '../api/call.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

interface Named {
  readonly name: string
}

interface Props<Place extends Named, Fields extends object> {
  readonly query: UseQueryResult<Place[]>
  readonly queryKey: string
  readonly address: string
  readonly idOf: (place: Place) => string
  readonly add: string
  readonly none: string
  /** Beside the name. */
  readonly columns: TableColumnsType<Place>
  /** Under the name, where there is no room for columns. */
  readonly more?: (place: Place) => ReactNode
  readonly fieldsOf: (place: Place | null) => Fields
  readonly fields: (isNew: boolean) => ReactNode
  readonly bodyOf: (fields: Fields) => object
}

export function PlaceList<Place extends Named, Fields extends object>(props: Props<Place, Fields>) {
  const { add, columns, idOf, more, none, query } = props
  const words = useWords().places
  const [open, setOpen] = useState<Place | 'new' | null>(null)
  const name = (place: Place) => (
    <Button type="link" style={{ padding: 0, height: 'auto' }} onClick={() => setOpen(place)}>
      {place.name}
    </Button>
  )
  return (
    <Flex vertical gap={12}>
      <Button style={{ alignSelf: 'flex-start' }} onClick={() => setOpen('new')}>
        {add}
      </Button>
      <Loaded query={query} rows={3}>
        {(rows) => (
          <Rows
            rows={rows}
            keyOf={idOf}
            none={none}
            columns={[{ title: words.name, render: (_, place) => name(place) }, ...columns]}
            card={(place) => (
              <Flex vertical gap={8}>
                <Flex gap={8} align="center" justify="space-between">
                  {name(place)}
                  <Typography.Text type="secondary">{idOf(place)}</Typography.Text>
                </Flex>
                {more?.(place)}
              </Flex>
            )}
          />
        )}
      </Loaded>
      {open === null ? null : (
        <PlaceForm {...props} place={open === 'new' ? null : open} onDone={() => setOpen(null)} />
      )}
    </Flex>
  )
}

interface FormProps<Place extends Named, Fields extends object> extends Props<Place, Fields> {
  /** Null for a new one. */
  readonly place: Place | null
  readonly onDone: () => void
}

function PlaceForm<Place extends Named, Fields extends object>(props: FormProps<Place, Fields>) {
  const { add, address, bodyOf, fields, fieldsOf, idOf, onDone, place, queryKey } = props
  const words = useWords()
  const client = useQueryClient()
  const one = place === null ? address : `${address}/${encodeURIComponent(idOf(place))}`
  const done = async () => {
    await client.invalidateQueries({ queryKey: [queryKey] })
    onDone()
  }
  const saving = useMutation({
    mutationFn: (given: Fields) =>
      write<PlaceDoneAnswer>(place === null ? 'POST' : 'PUT', one, bodyOf(given)),
    onSuccess: done,
  })
  const removing = useMutation({
    mutationFn: () => write<PlaceDoneAnswer>('DELETE', one),
    onSuccess: done,
  })
  return (
    <Modal open title={place?.name ?? add} footer={null} onCancel={onDone}>
      <Form<Fields>
        layout="vertical"
        initialValues={fieldsOf(place)}
        onFinish={(given) => saving.mutate(given)}
      >
        {fields(place === null)}
        <Flex vertical gap={12}>
          <Trouble error={saving.error ?? removing.error} ofWrite />
          <Flex gap={8} justify="space-between" wrap>
            <Button type="primary" htmlType="submit" loading={saving.isPending}>
              {words.act.save}
            </Button>
            {place === null ? null : (
              <Popconfirm
                title={words.places.removeTitle(place.name)}
                okText={words.places.remove}
                cancelText={words.act.cancel}
                onConfirm={() => removing.mutate()}
              >
                <Button danger loading={removing.isPending}>
                  {words.places.remove}
                </Button>
              </Popconfirm>
            )}
          </Flex>
        </Flex>
      </Form>
    </Modal>
  )
}
