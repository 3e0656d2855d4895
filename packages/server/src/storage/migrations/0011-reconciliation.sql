-- Statements of the bank against the books: what was read of each file, what every operation came to, the
-- fees and payouts that they showed, and the days that were closed on them.

-- Which column holds what, named once by a person for each heading that a payment system's files have.
CREATE TABLE statement_columns (
  payment_system text NOT NULL REFERENCES payment_systems,
  -- SHA-256 of the heading's cells in their order.
  heading bytea NOT NULL CHECK (octet_length(heading) = 32),
  -- The heading as it stands in the file, for people.
  cells jsonb NOT NULL,
  -- Field → the cell of the heading over its column.
  columns jsonb NOT NULL,
  -- The bank's word for a product, in small letters → code of the method.
  products jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (payment_system, heading)
);

CREATE TABLE statements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payment_system text NOT NULL REFERENCES payment_systems,
  country_iso text NOT NULL CHECK (country_iso ~ '^[A-Z]{2}$'),
  file_name text CHECK (char_length(file_name) <= 200),
  file_hash bytea NOT NULL CHECK (octet_length(file_hash) = 32),
  -- What time it speaks for: within it, money that it does not show is missing there.
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL CHECK (to_at >= from_at),
  operations integer NOT NULL,
  -- Those of them that an earlier file had shown.
  repeated integer NOT NULL,
  uploaded_by text NOT NULL,
  uploaded_at timestamptz NOT NULL,
  -- The same bytes are one statement, however often they come.
  CONSTRAINT statements_file_once UNIQUE (payment_system, country_iso, file_hash)
);
CREATE INDEX statements_time ON statements (payment_system, country_iso, from_at);

-- Each operation of the bank once, whichever files show it.
CREATE TABLE bank_operations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The first file that showed it.
  statement_id bigint NOT NULL REFERENCES statements,
  payment_system text NOT NULL,
  country_iso text NOT NULL,
  -- Number, day, sum and device; without a number the moment, and which of several alike it is.
  key text NOT NULL,
  move text NOT NULL CHECK (move IN ('sale', 'refund')),
  number text,
  rrn text,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  tiyn tiyn NOT NULL CHECK (tiyn > 0),
  fee_tiyn tiyn,
  payout_tiyn tiyn,
  device text,
  product text,
  method text,
  verdict text CHECK (verdict IN ('matched', 'different', 'ambiguous', 'missing_here')),
  -- Of what it was paired with.
  attempt_id uuid,
  differences text[] NOT NULL DEFAULT '{}',
  CONSTRAINT bank_operations_once UNIQUE (payment_system, country_iso, move, key)
);
CREATE INDEX bank_operations_time ON bank_operations (payment_system, country_iso, from_at);
CREATE INDEX bank_operations_number ON bank_operations (number) WHERE number IS NOT NULL;
CREATE INDEX bank_operations_rrn ON bank_operations (rrn) WHERE rrn IS NOT NULL;
CREATE INDEX bank_operations_statement ON bank_operations (statement_id, id);
CREATE INDEX bank_operations_attempt ON bank_operations (attempt_id) WHERE attempt_id IS NOT NULL;

-- What a statement showed of one capture, booked once for ever: the postings beside it say the same.
CREATE TABLE real_fees (
  attempt_id uuid PRIMARY KEY,
  operation_id bigint NOT NULL REFERENCES bank_operations,
  fee_tiyn tiyn NOT NULL,
  at timestamptz NOT NULL
);
CREATE TABLE payouts (
  attempt_id uuid PRIMARY KEY,
  operation_id bigint NOT NULL REFERENCES bank_operations,
  payout_tiyn tiyn NOT NULL,
  at timestamptz NOT NULL
);
CREATE TRIGGER real_fees_append_only BEFORE UPDATE OR DELETE ON real_fees
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payouts_append_only BEFORE UPDATE OR DELETE ON payouts
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A day as it was closed. Closing it again adds a version with its reason; none is ever changed.
CREATE TABLE closed_days (
  day date NOT NULL,
  payment_system text NOT NULL REFERENCES payment_systems,
  country_iso text NOT NULL CHECK (country_iso ~ '^[A-Z]{2}$'),
  version integer NOT NULL CHECK (version > 0),
  -- The report as it was told, to the byte, and its SHA-256.
  report text NOT NULL,
  report_hash bytea NOT NULL,
  reason text,
  closed_by text NOT NULL,
  closed_at timestamptz NOT NULL,
  PRIMARY KEY (day, payment_system, country_iso, version),
  CONSTRAINT closed_days_hash CHECK (report_hash = sha256(convert_to(report, 'UTF8'))),
  CONSTRAINT closed_days_again_has_reason CHECK ((version > 1) = (reason IS NOT NULL))
);
CREATE TRIGGER closed_days_append_only BEFORE UPDATE OR DELETE ON closed_days
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Money by time, for statements, days and the look for doubles.
CREATE INDEX captures_at ON captures (at);

ALTER TABLE postings
  DROP CONSTRAINT postings_set_kind_check,
  ADD CONSTRAINT postings_set_kind_check CHECK (
    set_kind IN ('capture', 'forgiven', 'refund', 'provider_fee', 'provider_fee_real', 'payout')),
  DROP CONSTRAINT postings_account_check,
  ADD CONSTRAINT postings_account_check CHECK (account IN ('customer', 'source_credit',
    'commission_charged', 'rounding', 'forgiven', 'overpaid', 'refunded', 'provider_fee_expected',
    'provider_fee_difference', 'provider_receivable', 'payout_received'));
