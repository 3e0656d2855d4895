-- The first run of an empty centre, SMS as staff set them up, and the certificates that are served.

-- The door by which the first member of staff comes in. It is open until there is one, whoever makes them,
-- and never again.
CREATE TABLE first_run (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- HMAC of the setup code that was printed last; null before the first and behind the closed door.
  code_hash bytea CHECK (octet_length(code_hash) = 32),
  code_expires_at timestamptz,
  closed_at timestamptz,
  CONSTRAINT first_run_code_whole CHECK (num_nulls(code_hash, code_expires_at) IN (0, 2)),
  CONSTRAINT first_run_closed CHECK (closed_at IS NULL OR code_hash IS NULL)
);
INSERT INTO first_run (closed_at) SELECT min(created_at) FROM admins;

CREATE FUNCTION close_first_run() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      UPDATE first_run SET closed_at = centre_now(), code_hash = NULL, code_expires_at = NULL
      WHERE closed_at IS NULL;
      RETURN NULL;
    END
  $$;
CREATE TRIGGER admins_close_first_run AFTER INSERT ON admins
  FOR EACH ROW EXECUTE FUNCTION close_first_run();
CREATE TRIGGER first_run_stays_closed BEFORE UPDATE ON first_run
  FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER first_run_stays BEFORE DELETE ON first_run
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER first_run_never_emptied BEFORE TRUNCATE ON first_run
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who sends SMS, by what account: sealed, since it holds a password. Where the environment says it, this is
-- not looked at.
CREATE TABLE text_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  sealed bytea NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT centre_now()
);

-- What each instance serves over TLS, for the rule that warns of its end. One that nobody serves any more is
-- no longer seen.
CREATE TABLE tls_certificates (
  fingerprint bytea PRIMARY KEY CHECK (octet_length(fingerprint) = 32),
  names text NOT NULL CHECK (char_length(names) <= 200),
  expires_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT centre_now()
);

ALTER TABLE alerts
  DROP CONSTRAINT alerts_kind_check,
  ADD CONSTRAINT alerts_kind_check CHECK (kind IN ('terminal_offline', 'terminal_suspended',
    'terminal_quarantined', 'terminal_needs_mending', 'result_unknown', 'endpoint_failing',
    'sms_balance_low', 'reconciliation_gap', 'unusual_sum', 'certificate_expiring'));
