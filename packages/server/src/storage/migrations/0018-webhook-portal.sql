-- What a developer sees of webhooks: each try with the answer to it, replays of a period, and what the doctor
-- found. None of it decides anything: which delivery is sent when stays in its own row (W4).

-- A log for people: losing a line of it is no harm. The headers are the signatures as they were sent, which
-- nobody could work out again after a rotation.
CREATE TABLE delivery_tries (
  id uuid PRIMARY KEY,
  delivery_id uuid NOT NULL,
  source_id integer NOT NULL,
  started_at timestamptz NOT NULL,
  took_ms integer NOT NULL CHECK (took_ms >= 0),
  http_status integer,
  -- Null: delivered.
  reason text CHECK (char_length(reason) <= 64),
  -- The start of what the receiver said: foreign text, shown as such and read by nothing.
  answer text CHECK (char_length(answer) <= 1000),
  headers jsonb NOT NULL
) PARTITION BY RANGE (id);
CREATE INDEX delivery_tries_delivery ON delivery_tries (delivery_id, id);
CREATE INDEX delivery_tries_source ON delivery_tries (source_id, id);

-- The new table gets every month that its siblings have.
SELECT ensure_partitions(to_date(right(c.relname, 7), 'YYYY_MM'), 1)
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'payments'::regclass;

-- The list of one source, and a replay's walk over it.
CREATE INDEX deliveries_source ON deliveries (source_id, id);

CREATE TABLE webhook_replays (
  id uuid PRIMARY KEY,
  source_id integer NOT NULL REFERENCES sources (id),
  -- The caller's own word for this request: repeated, it is the same replay.
  request_key text NOT NULL CHECK (char_length(request_key) BETWEEN 1 AND 255),
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL CHECK (to_at > from_at),
  events text[] NOT NULL CHECK (cardinality(events) BETWEEN 1 AND 5),
  only_parked boolean NOT NULL,
  asked_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT centre_now(),
  total integer NOT NULL CHECK (total >= 0),
  released integer NOT NULL DEFAULT 0 CHECK (released >= 0),
  -- The last delivery that was given out again; moved in the transaction that does it.
  last_id uuid,
  finished_at timestamptz,
  stopped_by text,
  UNIQUE (source_id, request_key)
);
CREATE UNIQUE INDEX webhook_replays_going ON webhook_replays (source_id) WHERE finished_at IS NULL;

CREATE TABLE webhook_checks (
  id uuid PRIMARY KEY,
  source_id integer NOT NULL REFERENCES sources (id),
  endpoint text NOT NULL CHECK (char_length(endpoint) <= 2048),
  asked_by text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT centre_now(),
  finished_at timestamptz,
  cases jsonb NOT NULL DEFAULT '[]' CHECK (octet_length(cases::text) <= 65536)
);
CREATE INDEX webhook_checks_source ON webhook_checks (source_id, id);
