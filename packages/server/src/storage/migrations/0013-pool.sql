-- The pool, better: how each terminal has served lately, which are suspended until a self-test, which are
-- kept for some, and how long operations really take. Nothing here is written by a start or a payment:
-- an attempt's own row says when it came alive, and a job measures from those rows.

ALTER TABLE terminals
  -- Of these sources, and of every source of this country, alone; null for anybody.
  ADD COLUMN reserved_sources integer[] CHECK (cardinality(reserved_sources) BETWEEN 1 AND 1000),
  ADD COLUMN reserved_country text REFERENCES countries,
  -- Since when nobody could connect to it; until it answers, not only while it is passed over.
  ADD COLUMN offline_since timestamptz;

ALTER TABLE attempts
  -- When the terminal accepted the start, and when its QR was read; null while neither has happened.
  ADD COLUMN live_at timestamptz,
  ADD COLUMN qr_at timestamptz;

-- The one terminal that a customer stands before: no other can be kept for this ticket.
ALTER TABLE queue_tickets ADD COLUMN terminal_id integer;

CREATE TABLE terminal_health (
  terminal_id integer PRIMARY KEY REFERENCES terminals,
  score integer NOT NULL DEFAULT 100 CHECK (score BETWEEN 0 AND 100),
  trials integer NOT NULL DEFAULT 0 CHECK (trials >= 0),
  faults integer NOT NULL DEFAULT 0 CHECK (faults >= 0),
  start_ms integer CHECK (start_ms >= 0),
  qr_share double precision CHECK (qr_share BETWEEN 0 AND 1),
  -- How long its last operations held it.
  times_ms integer[] NOT NULL DEFAULT '{}',
  measured_at timestamptz NOT NULL DEFAULT centre_now(),
  suspended_at timestamptz,
  suspended_reason text CHECK (
    suspended_reason IN ('not_connected', 'start_refused', 'start_lost', 'qr_unread')),
  next_test_at timestamptz,
  failed_tests integer NOT NULL DEFAULT 0 CHECK (failed_tests >= 0),
  -- When a self-test brought it back: what happened before does not count against it again.
  returned_at timestamptz,
  CONSTRAINT terminal_health_suspended_whole
    CHECK (num_nulls(suspended_at, suspended_reason, next_test_at) IN (0, 3))
);
CREATE INDEX terminal_health_tests ON terminal_health (next_test_at) WHERE next_test_at IS NOT NULL;
