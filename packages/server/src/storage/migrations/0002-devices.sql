-- Devices as an office really has them: HTTPS under three kinds of trust, tokens that run out, two
-- versions of their API, and troubles that end only when a person has acted.

-- A refused token no longer keeps a terminal away for a time: it is a trouble, which ends when mended.
UPDATE terminals SET quarantine_reason = NULL, quarantined_until = NULL, needs_probe = false
WHERE quarantine_reason = 'access_denied';

ALTER TABLE terminals
  DROP CONSTRAINT terminals_quarantine_reason_check,
  ADD CONSTRAINT terminals_quarantine_reason_check
    CHECK (quarantine_reason IN ('start_lost', 'terminal_busy')),
  ADD COLUMN tls_mode text NOT NULL DEFAULT 'strict'
    CHECK (tls_mode IN ('strict', 'pinned', 'insecure')),
  -- SHA-256 of the certificate that `pinned` trusts; null until the first use.
  ADD COLUMN tls_fingerprint text CHECK (tls_fingerprint ~ '^[0-9a-f]{64}$'),
  ADD COLUMN api_version text NOT NULL DEFAULT 'v2' CHECK (api_version IN ('v1', 'v2')),
  -- The name that the device knows the centre by; fixed at the registration.
  ADD COLUMN registered_name text,
  ADD COLUMN refresh_token bytea,
  ADD COLUMN token_expires_at timestamptz,
  -- Counts the changes of the two tokens, which are always written together.
  ADD COLUMN token_version integer NOT NULL DEFAULT 0,
  -- Until when one instance is exchanging the tokens, or when it may be tried again.
  ADD COLUMN renewal_blocked_until timestamptz,
  ADD COLUMN pos_number text,
  -- The device's own `terminalId`, a header of its status call.
  ADD COLUMN device_number text,
  -- Whether it knows a call that stops an operation; null while nobody has tried.
  ADD COLUMN can_stop boolean,
  ADD COLUMN trouble text CHECK (trouble IN ('not_registered', 'certificate_changed')),
  ADD COLUMN trouble_since timestamptz,
  ADD CONSTRAINT terminals_tokens_whole CHECK (
    num_nulls(registered_name, refresh_token, token_expires_at) IN (0, 3)
    AND (refresh_token IS NULL OR access_token IS NOT NULL)),
  ADD CONSTRAINT terminals_trouble_whole CHECK (num_nulls(trouble, trouble_since) IN (0, 2));

-- One open task for one trouble of one terminal, however many find it at once.
CREATE UNIQUE INDEX tasks_terminal_trouble ON tasks (kind, terminal_id)
  WHERE closed_at IS NULL AND kind IN ('not_registered', 'certificate_changed');
