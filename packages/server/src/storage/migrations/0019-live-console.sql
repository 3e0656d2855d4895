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
