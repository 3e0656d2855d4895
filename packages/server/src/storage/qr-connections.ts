// Connections to Kaspi QR API. Its secrets are sealed on their way in, and what was sealed is never read here.

import type { Vault } from '../ports/centre.ts'
import type {
  QrConnectionStore,
  QrConnectionTerms,
  QrConnectionView,
} from '../ports/qr-connection-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const VIEW = `
  SELECT t.id, t.name, t.country_iso, t.ip_address AS address, t.scheme, t.host, t.port, t.tls_mode,
    t.is_active, c.scheme AS bank_scheme, c.form, c.certificate_file, c.key_file, c.organization_bin,
    c.trade_point_id, c.api_key IS NOT NULL AS has_api_key,
    c.passphrase IS NOT NULL AS has_passphrase, t.registered_name AS device_id,
    c.certificate_expires_at, t.trouble, t.offline_since, t.last_seen_at, t.created_at,
    (SELECT count(*)::integer FROM open_attempts o WHERE o.terminal_id = t.id) AS open
  FROM terminals t JOIN qr_connections c ON c.terminal_id = t.id
  WHERE t.deleted_at IS NULL`

const LIST: Statement = { name: 'qr_connections', text: `${VIEW} ORDER BY t.id LIMIT 1000` }

const FIND: Statement = { name: 'qr_connection', text: `${VIEW} AND t.id = $1` }

const LOCK: Statement = {
  name: 'qr_connection_lock',
  text: `${VIEW} AND t.id = $1 FOR UPDATE OF t`,
}

const ADD: Statement = {
  name: 'qr_connection_add',
  text: `
    WITH added AS (
      INSERT INTO terminals (name, way, country_iso, ip_address, scheme, host, port, tls_mode,
        is_active, can_stop)
      VALUES ($1, 'qr_api', $2, $3, $4, $5, $6, $7, $8, false)
      RETURNING id
    )
    INSERT INTO qr_connections (terminal_id, scheme, form, api_key, certificate_file, key_file,
      passphrase, organization_bin, trade_point_id)
    SELECT id, $9, $10, $11, $12, $13, $14, $15, $16 FROM added
    RETURNING terminal_id`,
}

/** A field that is absent keeps its value, one that is null loses it; $3 and $4 are the sealed ones. */
const CHANGE: Statement = {
  name: 'qr_connection_change',
  text: `
    WITH wanted AS (SELECT $2::jsonb AS w),
    changed AS (
      UPDATE terminals SET name = coalesce(w->>'name', name),
        country_iso = coalesce(w->>'countryIso', country_iso),
        ip_address = coalesce(w->>'address', ip_address), scheme = coalesce(w->>'scheme', scheme),
        host = coalesce(w->>'host', host), port = coalesce((w->>'port')::integer, port),
        tls_mode = coalesce(w->>'tls', tls_mode),
        -- Another address shows another certificate, which is taken at the first use.
        tls_fingerprint = CASE WHEN w ? 'host' OR w ? 'port' THEN NULL ELSE tls_fingerprint END,
        is_active = coalesce((w->>'isActive')::boolean, is_active)
      FROM wanted WHERE id = $1
    )
    UPDATE qr_connections SET scheme = coalesce(w->>'bankScheme', scheme),
      form = coalesce(w->>'form', form),
      api_key = CASE WHEN w ? 'apiKey' THEN $3::bytea ELSE api_key END,
      certificate_file = CASE WHEN w ? 'certificateFile' THEN w->>'certificateFile'
        ELSE certificate_file END,
      key_file = CASE WHEN w ? 'keyFile' THEN w->>'keyFile' ELSE key_file END,
      passphrase = CASE WHEN w ? 'passphrase' THEN $4::bytea ELSE passphrase END,
      organization_bin = CASE WHEN w ? 'organizationBin' THEN w->>'organizationBin'
        ELSE organization_bin END,
      trade_point_id = coalesce(w->>'tradePointId', trade_point_id),
      certificate_expires_at = CASE WHEN w ? 'certificateFile' THEN NULL
        ELSE certificate_expires_at END
    FROM wanted WHERE terminal_id = $1`,
}

interface Row {
  readonly id: number
  readonly name: string
  readonly country_iso: string
  readonly address: string
  readonly scheme: QrConnectionTerms['scheme']
  readonly host: string
  readonly port: number
  readonly tls_mode: QrConnectionTerms['tls']
  readonly is_active: boolean
  readonly bank_scheme: QrConnectionTerms['bankScheme']
  readonly form: QrConnectionTerms['form']
  readonly certificate_file: string | null
  readonly key_file: string | null
  readonly organization_bin: string | null
  readonly trade_point_id: string
  readonly has_api_key: boolean
  readonly has_passphrase: boolean
  readonly device_id: string | null
  readonly certificate_expires_at: number | null
  readonly trouble: QrConnectionView['trouble']
  readonly offline_since: number | null
  readonly last_seen_at: number | null
  readonly created_at: number
  readonly open: number
}

export function qrConnectionStore(session: Session, vault: Vault): QrConnectionStore {
  const sealed = (text: string | null | undefined) => (text == null ? null : vault.seal(text))
  return {
    async list() {
      return (await session.rows<Row>(LIST, [])).map(viewOf)
    },
    async find(id) {
      const [row] = await session.rows<Row>(FIND, [id])
      return row === undefined ? null : viewOf(row)
    },
    async lock(tx, id) {
      const [row] = await sessionOf(tx).rows<Row>(LOCK, [id])
      return row === undefined ? null : viewOf(row)
    },
    async add(tx, connection) {
      const { address, countryIso, host, isActive, name, port, scheme, tls } = connection
      const [row] = await sessionOf(tx).rows<{ terminal_id: number }>(ADD, [
        ...[name, countryIso, address, scheme, host, port, tls, isActive],
        ...[connection.bankScheme, connection.form, sealed(connection.apiKey)],
        ...[connection.certificateFile, connection.keyFile, sealed(connection.passphrase)],
        ...[connection.organizationBin, connection.tradePointId],
      ])
      if (row === undefined) throw new Error('Подключение не записалось')
      return row.terminal_id
    },
    async change(tx, id, change) {
      const { apiKey, passphrase } = change
      // Their names say that they change; what they become travels sealed.
      const named = JSON.stringify({
        ...change,
        ...(apiKey === undefined ? {} : { apiKey: null }),
        ...(passphrase === undefined ? {} : { passphrase: null }),
      })
      await sessionOf(tx).rows(CHANGE, [id, named, sealed(apiKey), sealed(passphrase)])
    },
  }
}

function viewOf(row: Row): QrConnectionView {
  return {
    id: row.id,
    name: row.name,
    countryIso: row.country_iso,
    address: row.address,
    scheme: row.scheme,
    host: row.host,
    port: row.port,
    tls: row.tls_mode,
    isActive: row.is_active,
    bankScheme: row.bank_scheme,
    form: row.form,
    certificateFile: row.certificate_file,
    keyFile: row.key_file,
    organizationBin: row.organization_bin,
    tradePointId: row.trade_point_id,
    hasApiKey: row.has_api_key,
    hasPassphrase: row.has_passphrase,
    deviceId: row.device_id,
    certificateEndsAtMs: row.certificate_expires_at,
    trouble: row.trouble,
    offlineSinceMs: row.offline_since,
    lastSeenAtMs: row.last_seen_at,
    open: row.open,
    createdAtMs: row.created_at,
  }
}
