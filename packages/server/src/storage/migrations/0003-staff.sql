-- Who works with the centre, what they may see, and what they did.

-- Names and dial codes as the API says them; inside there are only ISO codes (N9).
CREATE TABLE countries (
  iso text PRIMARY KEY CHECK (iso ~ '^[A-Z]{2}$'),
  name text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 100),
  dial_code text NOT NULL CHECK (dial_code ~ '^\+[0-9]{1,4}$'),
  is_active boolean NOT NULL DEFAULT true
);
INSERT INTO countries (iso, name, dial_code) VALUES
  ('KZ', 'Казахстан', '+7'), ('UZ', 'Узбекистан', '+998'), ('KG', 'Кыргызстан', '+996'),
  ('TJ', 'Таджикистан', '+992'), ('AZ', 'Азербайджан', '+994'), ('RU', 'Россия', '+7');

CREATE TABLE admins (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  phone text NOT NULL CONSTRAINT admins_phone_once UNIQUE CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  country_iso text NOT NULL REFERENCES countries,
  role text NOT NULL
    CHECK (role IN ('super_admin', 'country_admin', 'accountant', 'cashier', 'developer')),
  is_active boolean NOT NULL DEFAULT true,
  -- Null allows all, an empty list nothing (N9).
  allowed_countries text[],
  allowed_payment_systems text[],
  -- Only a cashier and a developer are bound to sources (L4).
  allowed_sources integer[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT centre_now()
);

-- One login each. A token names its row; when the row is revoked the token is dead at once (L2).
CREATE TABLE admin_sessions (
  id uuid PRIMARY KEY,
  admin_id integer NOT NULL REFERENCES admins,
  created_at timestamptz NOT NULL DEFAULT centre_now(),
  expires_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL DEFAULT centre_now(),
  revoked_at timestamptz,
  ip text NOT NULL,
  user_agent text CHECK (char_length(user_agent) <= 200)
);
CREATE INDEX admin_sessions_admin ON admin_sessions (admin_id, created_at);

----------------------------------------------------------------------------------------------- audit

-- Every write by staff or the command line, in the transaction of the write itself (I15, A26).
CREATE TABLE audit_log (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('admin', 'cli', 'system')),
  admin_id integer,
  actor_name text NOT NULL,
  ip text,
  action text NOT NULL CHECK (action ~ '^[a-z_]+\.[a-z_]+$'),
  target_kind text NOT NULL,
  target_id text,
  facts jsonb NOT NULL DEFAULT '{}',
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_log_admin_named CHECK ((actor_kind = 'admin') = (admin_id IS NOT NULL))
);
CREATE INDEX audit_log_target ON audit_log (target_kind, target_id, seq);
CREATE INDEX audit_log_admin ON audit_log (admin_id, seq);

-- What a row's hash is of: everything it says, and the hash of the row before it.
CREATE FUNCTION audit_text(line audit_log) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$
    SELECT jsonb_build_array(line.seq, extract(epoch FROM line.at), line.actor_kind, line.admin_id,
      line.actor_name, line.ip, line.action, line.target_kind, line.target_id, line.facts,
      encode(line.prev_hash, 'hex'))::text
  $$;

-- Numbers, dates and chains a row itself, so that nobody who may insert can say otherwise. The lock is
-- held to the end of the transaction: lines are in the order of their commits, without a gap.
CREATE FUNCTION chain_audit() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    DECLARE
      last audit_log;
    BEGIN
      PERFORM pg_advisory_xact_lock(7204117004);
      SELECT * INTO last FROM audit_log ORDER BY seq DESC LIMIT 1;
      NEW.seq := coalesce(last.seq, 0) + 1;
      NEW.at := centre_now();
      NEW.prev_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
      NEW.hash := sha256(convert_to(audit_text(NEW), 'UTF8'));
      RETURN NEW;
    END
  $$;
CREATE TRIGGER audit_log_chain BEFORE INSERT ON audit_log
  FOR EACH ROW EXECUTE FUNCTION chain_audit();
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_never_emptied BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
