-- Kaspi QR API, the bank's own server, beside the terminals on desks: a second way to take money. To the pool
-- it is a row of `terminals` that carries many operations at once and needs no camera; what the bank wants to
-- know of its caller stands beside it.

ALTER TABLE terminals
  ADD COLUMN way text NOT NULL DEFAULT 'terminal' CHECK (way IN ('terminal', 'qr_api')),
  -- How often it wants to be asked, as it said last; null for the centre's own pace.
  ADD COLUMN poll_ms integer CHECK (poll_ms BETWEEN 1000 AND 60000);

CREATE TABLE qr_connections (
  terminal_id integer PRIMARY KEY REFERENCES terminals,
  scheme text NOT NULL CHECK (scheme IN ('r1', 'r2', 'r3')),
  -- What a customer is given: a QR, or a link.
  form text NOT NULL CHECK (form IN ('qr', 'link')),
  -- Sealed; r1's.
  api_key bytea,
  -- Names of files in the folder of certificates; r2's and r3's.
  certificate_file text,
  key_file text,
  -- Sealed.
  passphrase bytea,
  organization_bin text CHECK (organization_bin ~ '^[0-9]{12}$'),
  trade_point_id text NOT NULL CHECK (trade_point_id ~ '^[0-9]{1,18}$'),
  -- As the file said when it was looked at last.
  certificate_expires_at timestamptz,
  CONSTRAINT qr_connections_key CHECK (scheme <> 'r1' OR api_key IS NOT NULL),
  CONSTRAINT qr_connections_certificate CHECK (scheme = 'r1' OR certificate_file IS NOT NULL),
  CONSTRAINT qr_connections_bin CHECK (scheme <> 'r3' OR organization_bin IS NOT NULL)
);

ALTER TABLE payment_methods ADD COLUMN route text NOT NULL DEFAULT 'terminals_first'
  CHECK (route IN ('terminals_first', 'terminals_only', 'qr_api_only'));

ALTER TABLE queue_tickets ADD COLUMN route text NOT NULL DEFAULT 'terminals_first'
  CHECK (route IN ('terminals_first', 'terminals_only', 'qr_api_only'));
