// Members of staff: who they are, what they may do, whose rows they see.

import type { AdminData, AdminsAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { Button, Flex, type TableColumnsType, Tag, Typography } from 'antd'
import { useState } from 'react'
import { read } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/ru.ts'
import { AdminForm } from './admin-form.tsx'
import { FactorForAll } from './factor-for-all.tsx'

export function Admins() {
  const words = useWords()
  const may = useMay()
  const [open, setOpen] = useState<AdminData | 'new' | null>(null)
  const admins = useQuery({
    queryKey: ['admins'],
    queryFn: () => read<AdminsAnswer>('/api/admin/admins'),
  })
  return (
    <Flex vertical gap={12}>
      {may('settings.write') ? <FactorForAll /> : null}
      <Button type="primary" style={{ alignSelf: 'flex-start' }} onClick={() => setOpen('new')}>
        {words.settings.addAdmin}
      </Button>
      <Loaded query={admins}>
        {(rows) => (
          <Rows
            rows={rows}
            keyOf={({ id }) => id}
            columns={columns(words, setOpen)}
            card={(admin) => <AdminCard admin={admin} onOpen={setOpen} />}
            none={words.settings.noAdmins}
          />
        )}
      </Loaded>
      {open === null ? null : (
        <AdminForm admin={open === 'new' ? null : open} onDone={() => setOpen(null)} />
      )}
    </Flex>
  )
}

type OnOpen = (admin: AdminData) => void

function columns(words: Words, onOpen: OnOpen): TableColumnsType<AdminData> {
  return [
    { title: words.settings.name, render: (_, admin) => <Name admin={admin} onOpen={onOpen} /> },
    { title: words.settings.phone, dataIndex: 'phone' },
    { title: words.settings.role, render: (_, { role }) => words.roles[role] },
    { title: words.settings.sees, render: (_, admin) => <Sees admin={admin} /> },
    { title: words.settings.state, width: 140, render: (_, admin) => <Activity admin={admin} /> },
  ]
}

function Name({ admin, onOpen }: { readonly admin: AdminData; readonly onOpen: OnOpen }) {
  return (
    <Button type="link" style={{ padding: 0, height: 'auto' }} onClick={() => onOpen(admin)}>
      {admin.name}
    </Button>
  )
}

function Sees({ admin }: { readonly admin: AdminData }) {
  const words = useWords().settings
  const { allowed_countries: countries, allowed_payment_systems: systems } = admin
  const places = countries === null ? words.allCountries : countries.join(', ') || words.nothing
  return (
    <>
      {places}
      {systems === null ? '' : `; ${systems.join(', ') || words.nothing}`}
    </>
  )
}

function Activity({ admin }: { readonly admin: AdminData }) {
  const words = useWords().settings
  return (
    <Tag color={admin.is_active ? 'success' : 'default'}>
      {admin.is_active ? words.active : words.blocked}
    </Tag>
  )
}

function AdminCard({ admin, onOpen }: { readonly admin: AdminData; readonly onOpen: OnOpen }) {
  const words = useWords()
  return (
    <Flex vertical gap={4} align="flex-start">
      <Flex gap={8} align="center" wrap>
        <Name admin={admin} onOpen={onOpen} />
        <Activity admin={admin} />
      </Flex>
      <Typography.Text type="secondary">
        {words.roles[admin.role]}, {admin.phone}
      </Typography.Text>
      <Typography.Text type="secondary">
        <Sees admin={admin} />
      </Typography.Text>
    </Flex>
  )
}
