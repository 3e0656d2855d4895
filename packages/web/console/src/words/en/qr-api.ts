// English: Kaspi QR API.

import type { qrApi as russian } from '../ru/qr-api.ts'
import type { Shape } from '../shape.ts'

export const qrApi: Shape<typeof russian> = {
  text:
    'Kaspi QR API takes payments without a terminal: the bank itself makes the QR or the link. The address, the ' +
    'scheme and the key or certificate are in your contract with the bank. Once the connection is registered, ' +
    'choose in “Methods and rates” how each method is taken.',
  add: 'Add a connection',
  none: 'No connections: terminals take the payments',
  name: 'Name',
  address: 'API address',
  addressHint: 'From the contract: a name or https://name:port',
  scheme: 'Scheme',
  schemes: {
    r1: 'r1: by key, without refunds',
    r2: 'r2: by certificate, refund with the customer',
    r3: 'r3: by certificate and BIN, refund without the customer',
  },
  form: 'What the bank makes',
  forms: { qr: 'A QR code', link: 'A payment link' },
  tradePoint: 'Number of the trade point',
  apiKey: 'API key',
  secretHint: 'Never shown. Leave empty to keep it',
  certificate: 'Certificate file',
  certificateHint:
    'Name of a PEM, PFX or P12 file in the folder BYFLY_BANK_CERTIFICATES on every server',
  keyFile: 'Key file, if it is apart',
  passphrase: 'Password of the key',
  bin: 'BIN of the organization',
  tls: 'The bank’s certificate',
  tlsModes: { strict: 'Check as usual', pinned: 'Trust only the first one seen' },
  active: 'Takes new payments',
  notRegistered: 'Not registered',
  refused: 'The bank refuses',
  silent: 'The bank does not answer',
  certificateUntil: (day) => `Certificate until ${day}`,
  check: 'Check',
  register: 'Register',
  route: 'Taken by',
  routes: {
    terminals_first: 'Terminal; QR API if none is free',
    terminals_only: 'Terminals only',
    qr_api_only: 'QR API only',
  },
}
