// A connection to Kaspi QR API as the administration tells it. No secret of it is at hand here.

import type { QrConnectionData } from '@byfly-pay/contract'
import { localTime, type Moment, utcTime } from '@byfly-pay/core'
import type { QrConnectionView } from '../../ports/qr-connection-store.ts'

export function showQrConnection(view: QrConnectionView, zone: string): QrConnectionData {
  const local = (moment: Moment | null) => (moment === null ? null : localTime(moment, zone))
  const utc = (moment: Moment | null) => (moment === null ? null : utcTime(moment))
  return {
    id: view.id,
    name: view.name,
    address: view.address,
    tls: view.tls,
    is_active: view.isActive,
    scheme: view.bankScheme,
    form: view.form,
    certificate_file: view.certificateFile,
    key_file: view.keyFile,
    organization_bin: view.organizationBin,
    trade_point_id: view.tradePointId,
    country_iso: view.countryIso,
    has_api_key: view.hasApiKey,
    has_passphrase: view.hasPassphrase,
    device_id: view.deviceId,
    trouble: view.trouble,
    open: view.open,
    certificate_ends_at: local(view.certificateEndsAtMs),
    certificate_ends_at_utc: utc(view.certificateEndsAtMs),
    offline_since: local(view.offlineSinceMs),
    offline_since_utc: utc(view.offlineSinceMs),
    last_seen_at: local(view.lastSeenAtMs),
    last_seen_at_utc: utc(view.lastSeenAtMs),
    created_at: localTime(view.createdAtMs, zone),
    created_at_utc: utcTime(view.createdAtMs),
  }
}
