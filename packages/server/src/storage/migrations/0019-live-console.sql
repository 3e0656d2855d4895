-- The console: what it is told of at once, keys that make its calls safe to repeat, links sent by SMS.

------------------------------------------------------------------------------ keys of staff's own calls

-- As idempotency_keys, and apart from it: a source's key never meets one of staff.
CREATE TABLE staff_idempotency_keys (
  admin_id integer NOT NULL REFERENCES admins,
  key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
  route text NOT NULL,
  target uuid,
  body_hash bytea NOT NULL,
  -- What the call has brought about: a payment or a refund, from which the answer can be rebuilt.
  effect_id uuid,
  http_status integer,
  body text,
  -- While a call is at work on it; in the past when that call is gone.
  busy_until timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (admin_id, key)
);
CREATE INDEX staff_idempotency_keys_age ON staff_idempotency_keys (created_at);

------------------------------------------------------------------------------- what the console is told

-- Whatever writes these rows, every instance hears of it after the commit: by trigger, since many statements
-- do. A payment's own notice is the payment's save; the columns that tick by themselves say nothing.
CREATE FUNCTION tell_change() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      PERFORM pg_notify('centre', TG_ARGV[0] || ':' || (to_jsonb(NEW) ->> TG_ARGV[1]));
      RETURN NULL;
    END
  $$;

CREATE TRIGGER terminals_told AFTER UPDATE ON terminals
  FOR EACH ROW
  WHEN ((OLD.name, OLD.is_active, OLD.deleted_at, OLD.taken_out_at, OLD.quarantined_until,
      OLD.needs_probe, OLD.trouble, OLD.offline_until, OLD.payment_system, OLD.country_iso,
      OLD.reserved_sources, OLD.reserved_country)
    IS DISTINCT FROM (NEW.name, NEW.is_active, NEW.deleted_at, NEW.taken_out_at,
      NEW.quarantined_until, NEW.needs_probe, NEW.trouble, NEW.offline_until, NEW.payment_system,
      NEW.country_iso, NEW.reserved_sources, NEW.reserved_country))
  EXECUTE FUNCTION tell_change('terminal', 'id');
CREATE TRIGGER terminals_added_told AFTER INSERT ON terminals
  FOR EACH ROW EXECUTE FUNCTION tell_change('terminal', 'id');

CREATE TRIGGER terminal_health_told AFTER UPDATE ON terminal_health
  FOR EACH ROW WHEN (OLD.suspended_at IS DISTINCT FROM NEW.suspended_at)
  EXECUTE FUNCTION tell_change('terminal', 'terminal_id');

CREATE TRIGGER tasks_told AFTER INSERT OR UPDATE ON tasks
  FOR EACH ROW EXECUTE FUNCTION tell_change('task', 'id');

CREATE TRIGGER alerts_told AFTER INSERT OR UPDATE OF reminded_at, ended_at ON alerts
  FOR EACH ROW EXECUTE FUNCTION tell_change('alert', 'id');

-- Whoever listens is looked up again: their session may be over, their rights may be others.
CREATE FUNCTION tell_staff() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      PERFORM pg_notify('centre', 'staff');
      RETURN NULL;
    END
  $$;
CREATE TRIGGER admin_sessions_told AFTER UPDATE OF revoked_at ON admin_sessions
  FOR EACH STATEMENT EXECUTE FUNCTION tell_staff();
CREATE TRIGGER admins_told AFTER UPDATE ON admins
  FOR EACH STATEMENT EXECUTE FUNCTION tell_staff();
CREATE TRIGGER login_settings_told AFTER UPDATE ON login_settings
  FOR EACH STATEMENT EXECUTE FUNCTION tell_staff();

---------------------------------------------------------------------------------- links sent to customers

-- `admin_id` is who sent it.
ALTER TABLE texts
  DROP CONSTRAINT texts_kind_check,
  ADD CONSTRAINT texts_kind_check CHECK (kind IN ('login_code', 'alert', 'payment_link')),
  ADD COLUMN payment_id uuid,
  ADD CONSTRAINT texts_link_whole CHECK ((payment_id IS NOT NULL) = (kind = 'payment_link'));
