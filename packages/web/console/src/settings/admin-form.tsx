// Adding a member of staff, and changing one.

import type { AdminData, CountriesAnswer, PaymentSystemsAnswer } from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Collapse, Flex, Form, Input, Modal, Select, Switch } from 'antd'
import { read, write } from '../api/call.ts'
import { useSources } from '../api/places.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'
import { AdminLogin } from './admin-login.tsx'

type Role = AdminData['role']
const ROLES: readonly Role[] = [
  'super_admin',
  'country_admin',
  'accountant',
  'cashier',
  'developer',
]
/** Others see every source of their countries. */
const BOUND_TO_SOURCES: readonly (Role | undefined)[] = ['cashier', 'developer']

interface Fields {
  readonly phone?: string
  readonly name: string
  readonly role: Role
  /** Empty stands for all: nobody is added to see nothing. */
  readonly countries: string[]
  readonly systems: string[]
  readonly sources: number[]
  readonly is_active: boolean
}

interface Props {
  /** Null for a new one. */
  readonly admin: AdminData | null
  readonly onDone: () => void
}

export function AdminForm({ admin, onDone }: Props) {
  const words = useWords()
  const client = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const role = Form.useWatch('role', form)
  const saving = useMutation({
    mutationFn: (fields: Fields) => save(admin, fields),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['admins'] })
      onDone()
    },
  })
  const required = [{ required: true, whitespace: true, message: words.form.required }]
  return (
    <Modal
      open
      title={admin === null ? words.settings.addAdmin : admin.name}
      footer={null}
      onCancel={onDone}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={fieldsOf(admin)}
        onFinish={(fields) => saving.mutate(fields)}
      >
        {admin === null ? (
          <Form.Item name="phone" label={words.settings.phone} rules={required}>
            <Input type="tel" maxLength={40} autoComplete="off" />
          </Form.Item>
        ) : null}
        <Form.Item name="name" label={words.settings.name} rules={required}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={words.settings.role}>
          <Select options={ROLES.map((value) => ({ value, label: words.roles[value] }))} />
        </Form.Item>
        {role === 'super_admin' ? null : <Lists isBound={BOUND_TO_SOURCES.includes(role)} />}
        {admin === null ? null : (
          <Form.Item name="is_active" label={words.settings.mayLogIn}>
            <Switch />
          </Form.Item>
        )}
        <Flex vertical gap={12}>
          <Trouble error={saving.error} ofWrite />
          <Button type="primary" htmlType="submit" loading={saving.isPending}>
            {words.act.save}
          </Button>
        </Flex>
      </Form>
      {admin === null ? null : (
        <Collapse
          ghost
          items={[{ key: 'login', label: words.own.login, children: <AdminLogin admin={admin} /> }]}
        />
      )}
    </Modal>
  )
}

function Lists({ isBound }: { readonly isBound: boolean }) {
  const words = useWords().settings
  const sources = useSources().data ?? []
  const countries = useQuery({
    queryKey: ['countries'],
    queryFn: () => read<CountriesAnswer>('/api/admin/countries'),
  })
  const systems = useQuery({
    queryKey: ['systems'],
    queryFn: () => read<PaymentSystemsAnswer>('/api/admin/payment-systems'),
  })
  return (
    <>
      <Form.Item name="countries" label={words.countries}>
        <Select
          mode="multiple"
          placeholder={words.allCountries}
          options={(countries.data ?? []).map(({ iso, name }) => ({ value: iso, label: name }))}
        />
      </Form.Item>
      <Form.Item name="systems" label={words.systems}>
        <Select
          mode="multiple"
          placeholder={words.allSystems}
          options={(systems.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      {isBound ? (
        <Form.Item name="sources" label={words.sources}>
          <Select
            mode="multiple"
            options={sources.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      ) : null}
    </>
  )
}

function fieldsOf(admin: AdminData | null): Partial<Fields> {
  if (admin === null) return { role: 'cashier', countries: [], systems: [], sources: [] }
  return {
    name: admin.name,
    role: admin.role,
    countries: admin.allowed_country_codes ?? [],
    systems: admin.allowed_payment_systems ?? [],
    sources: admin.allowed_source_ids,
    is_active: admin.is_active,
  }
}

function save(admin: AdminData | null, fields: Fields): Promise<unknown> {
  const {
    countries = [],
    is_active: isActive,
    name,
    phone,
    role,
    sources = [],
    systems = [],
  } = fields
  const lists =
    role === 'super_admin'
      ? {}
      : {
          allowed_countries: countries.length === 0 ? null : countries,
          allowed_payment_systems: systems.length === 0 ? null : systems,
          ...(BOUND_TO_SOURCES.includes(role) ? { allowed_source_ids: sources } : {}),
        }
  const body = { name, role, ...lists }
  if (admin === null) return write('POST', '/api/admin/admins', { ...body, phone })
  return write('PUT', `/api/admin/admins/${admin.id}`, { ...body, is_active: isActive })
}
