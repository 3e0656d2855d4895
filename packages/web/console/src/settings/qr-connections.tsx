// Connections to Kaspi QR API: entered, checked, registered, taken away. A key or a password that is kept is
// never shown; an empty field leaves it as it is.

import type {
  NewQrConnectionRequest,
  QrConnectionData,
  QrConnectionsAnswer,
  QrConnectionTriedAnswer,
} from '@byfly-pay/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, Input, Select, Switch, Tag, Typography } from 'antd'
import { read, write } from '../api/call.ts'
import { Trouble } from '../parts/trouble.tsx'
import { moment } from '../show/moment.ts'
import { useWords } from '../words/language.tsx'
import { PlaceList } from './place-list.tsx'

const ADDRESS = '/api/admin/qr-connections'

type Fields = Partial<NewQrConnectionRequest>

export function QrConnections() {
  const words = useWords()
  const connections = useQuery({
    queryKey: ['qr-connections'],
    queryFn: () => read<QrConnectionsAnswer>(ADDRESS),
  })
  return (
    <Flex vertical gap={16}>
      <Typography.Paragraph style={{ maxWidth: 640, margin: 0 }}>
        {words.qrApi.text}
      </Typography.Paragraph>
      <PlaceList<QrConnectionData, Fields>
        query={connections}
        queryKey="qr-connections"
        address={ADDRESS}
        idOf={({ id }) => String(id)}
        add={words.qrApi.add}
        none={words.qrApi.none}
        columns={[
          { title: words.qrApi.scheme, width: 90, render: (_, { scheme }) => scheme },
          { title: words.qrApi.address, render: (_, { address }) => address },
          { title: words.settings.state, render: (_, row) => <State connection={row} /> },
          { title: '', width: 300, render: (_, { id }) => <Tries id={id} /> },
        ]}
        more={(row) => (
          <>
            <State connection={row} />
            <Tries id={row.id} />
          </>
        )}
        fieldsOf={fieldsOf}
        fields={() => <ConnectionFields />}
        bodyOf={bodyOf}
      />
    </Flex>
  )
}

function State({ connection }: { readonly connection: QrConnectionData }) {
  const words = useWords()
  const { certificate_ends_at: ends, device_id: deviceId, is_active: isActive } = connection
  const isSilent = connection.offline_since !== null
  return (
    <Flex vertical gap={4} align="flex-start">
      <Tag color={isActive ? 'success' : 'default'}>
        {isActive ? words.sources.on : words.sources.off}
      </Tag>
      {deviceId === null ? <Tag color="warning">{words.qrApi.notRegistered}</Tag> : null}
      {connection.trouble === null ? null : <Tag color="error">{words.qrApi.refused}</Tag>}
      {isSilent ? <Tag color="error">{words.qrApi.silent}</Tag> : null}
      {ends === null ? null : (
        <Typography.Text type="secondary">
          {words.qrApi.certificateUntil(moment(ends))}
        </Typography.Text>
      )}
    </Flex>
  )
}

/** What may be tried at any time: neither takes money. */
function Tries({ id }: { readonly id: number }) {
  const words = useWords().qrApi
  const client = useQueryClient()
  const trying = useMutation({
    mutationFn: (what: 'check' | 'register') =>
      write<QrConnectionTriedAnswer>('POST', `${ADDRESS}/${id}/${what}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['qr-connections'] }),
  })
  const tried = trying.data
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap>
        <Button loading={trying.isPending} onClick={() => trying.mutate('check')}>
          {words.check}
        </Button>
        <Button disabled={trying.isPending} onClick={() => trying.mutate('register')}>
          {words.register}
        </Button>
      </Flex>
      {tried === undefined ? null : (
        <Alert type={tried.is_well ? 'success' : 'warning'} title={tried.message} />
      )}
      <Trouble error={trying.error} ofWrite />
    </Flex>
  )
}

function ConnectionFields() {
  const words = useWords()
  const { qrApi } = words
  const required = [{ required: true, whitespace: true, message: words.form.required }]
  const scheme = Form.useWatch('scheme')
  const options = (choices: Readonly<Record<string, string>>) =>
    Object.entries(choices).map(([value, label]) => ({ value, label }))
  return (
    <>
      <Form.Item name="name" label={qrApi.name} rules={required}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="address" label={qrApi.address} extra={qrApi.addressHint} rules={required}>
        <Input maxLength={300} autoComplete="off" />
      </Form.Item>
      <Form.Item name="scheme" label={qrApi.scheme} rules={required}>
        <Select options={options(qrApi.schemes)} />
      </Form.Item>
      <Form.Item name="form" label={qrApi.form}>
        <Select options={options(qrApi.forms)} />
      </Form.Item>
      <Form.Item name="trade_point_id" label={qrApi.tradePoint} rules={required}>
        <Input maxLength={18} inputMode="numeric" autoComplete="off" />
      </Form.Item>
      {scheme === 'r1' ? (
        <Form.Item name="api_key" label={qrApi.apiKey} extra={qrApi.secretHint}>
          <Input.Password maxLength={500} autoComplete="new-password" />
        </Form.Item>
      ) : (
        <CertificateFields isBinNeeded={scheme === 'r3'} />
      )}
      <Form.Item name="tls" label={qrApi.tls}>
        <Select options={options(qrApi.tlsModes)} />
      </Form.Item>
      <Form.Item name="is_active" label={qrApi.active} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}

function CertificateFields({ isBinNeeded }: { readonly isBinNeeded: boolean }) {
  const words = useWords().qrApi
  return (
    <>
      <Form.Item name="certificate_file" label={words.certificate} extra={words.certificateHint}>
        <Input maxLength={100} autoComplete="off" placeholder="centre.pem" />
      </Form.Item>
      <Form.Item name="key_file" label={words.keyFile}>
        <Input maxLength={100} autoComplete="off" placeholder="centre.key" />
      </Form.Item>
      <Form.Item name="passphrase" label={words.passphrase} extra={words.secretHint}>
        <Input.Password maxLength={500} autoComplete="new-password" />
      </Form.Item>
      {isBinNeeded ? (
        <Form.Item name="organization_bin" label={words.bin}>
          <Input maxLength={12} inputMode="numeric" autoComplete="off" />
        </Form.Item>
      ) : null}
    </>
  )
}

function fieldsOf(connection: QrConnectionData | null): Fields {
  if (connection === null) return { form: 'qr', tls: 'strict', is_active: true }
  const { address, certificate_file, form, is_active, key_file, name } = connection
  const { organization_bin, scheme, tls, trade_point_id } = connection
  const bank = { organization_bin, scheme, tls, trade_point_id }
  return { address, certificate_file, form, is_active, key_file, name, ...bank }
}

/** What stands empty is not sent where it is a secret, and is nothing where it is not. */
function bodyOf({ api_key: key, passphrase, ...fields }: Fields): object {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined)
  const given = Object.fromEntries(
    named.map(([name, value]) => [name, value === '' ? null : value]),
  )
  return { ...given, ...(key ? { api_key: key } : {}), ...(passphrase ? { passphrase } : {}) }
}
