-- Refunds (M15): money on its way back to customers, and payments that take another's place.
--
-- A refund is one operation on a terminal, for one capture. Never more is given back than was taken: each
-- capture counts what is asked back of it, under its row's lock, and a CHECK bounds that count. Refunds are
-- few beside payments and are looked up for ever, so their table is not partitioned.

---------------------------------------------------------------------------------- what sources may

ALTER TABLE sources
  ADD COLUMN refunds_allowed boolean NOT NULL DEFAULT false,
  -- Who bears the commission of what is given back.
  ADD COLUMN refund_commission text NOT NULL DEFAULT 'source'
    CHECK (refund_commission IN ('source', 'customer', 'centre')),
  -- Above it a second person approves; null: as the setting of the whole centre says.
  ADD COLUMN refund_approval_above_tiyn tiyn;

-- 100 000 tenge. JSON null would mean that nobody has to approve anything.
INSERT INTO settings VALUES ('refund_approval_above_tiyn', '10000000');

------------------------------------------------------------------------------------------- refunds

ALTER TABLE captures
  -- Σ of its refunds requested, running, unknown or done.
  ADD COLUMN returning_tiyn tiyn NOT NULL DEFAULT 0,
  ADD CONSTRAINT captures_returned_within CHECK (returning_tiyn <= gross_tiyn);

CREATE TABLE refunds (
  id uuid PRIMARY KEY,
  payment_id uuid NOT NULL,
  attempt_id uuid NOT NULL REFERENCES captures,
  amount_tiyn tiyn NOT NULL CHECK (amount_tiyn > 0),
  credit_tiyn tiyn NOT NULL,
  overpaid_tiyn tiyn NOT NULL,
  bearer text NOT NULL CHECK (bearer IN ('source', 'customer', 'centre')),
  why text NOT NULL,
  note text CHECK (char_length(note) <= 1000),
  -- Who they are for the rule of the second person, and by name for people.
  requested_by text NOT NULL,
  requested_by_name text NOT NULL,
  approved_by text,
  approved_by_name text,
  state text NOT NULL CHECK (state IN ('awaiting_approval', 'approved', 'reserved', 'calling', 'live',
    'unknown', 'lost', 'held', 'succeeded', 'failed', 'declined', 'cancelled')),
  reason text,
  phase text,
  since timestamptz,
  terminal_id integer,
  -- Serial number and registration of that terminal: what its process id is unique in.
  device text,
  process_id text,
  qr_text text,
  qr_url text,
  qr_expires_at timestamptz,
  stop_requested boolean NOT NULL,
  holds_terminal boolean NOT NULL,
  tries integer NOT NULL CHECK (tries >= 0),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  refunded_at timestamptz,
  CONSTRAINT refunds_parts_within CHECK (credit_tiyn + overpaid_tiyn <= amount_tiyn),
  CONSTRAINT refunds_second_person CHECK (approved_by <> requested_by),
  CONSTRAINT refunds_done_has_time CHECK ((state = 'succeeded') = (refunded_at IS NOT NULL)),
  CONSTRAINT refunds_qr_whole CHECK (num_nulls(qr_text, qr_url, qr_expires_at) IN (0, 3))
);
CREATE INDEX refunds_payment ON refunds (payment_id, id);
CREATE INDEX refunds_capture ON refunds (attempt_id);
CREATE INDEX refunds_open ON refunds (id)
  WHERE state NOT IN ('succeeded', 'failed', 'declined', 'cancelled');

CREATE FUNCTION refund_holds(state text, amount bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN state IN ('failed', 'declined', 'cancelled') THEN 0 ELSE amount END $$;

-- The update takes the capture's row, so that of two requests at once the second sees the first's sum.
CREATE FUNCTION count_refund() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    DECLARE
      more bigint := refund_holds(NEW.state, NEW.amount_tiyn);
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF NEW.payment_id <> OLD.payment_id OR NEW.attempt_id <> OLD.attempt_id
          OR (OLD.state = 'succeeded' AND (NEW.state, NEW.amount_tiyn)
            IS DISTINCT FROM (OLD.state, OLD.amount_tiyn)) THEN
          RAISE EXCEPTION 'facts of refund % may not change', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_facts';
        END IF;
        more := more - refund_holds(OLD.state, OLD.amount_tiyn);
      END IF;
      IF more <> 0 THEN
        UPDATE captures SET returning_tiyn = returning_tiyn + more WHERE attempt_id = NEW.attempt_id;
      END IF;
      RETURN NULL;
    END
  $$;
CREATE TRIGGER refunds_counted AFTER INSERT OR UPDATE ON refunds
  FOR EACH ROW EXECUTE FUNCTION count_refund();
CREATE TRIGGER refunds_stay BEFORE DELETE ON refunds
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An open refund holds its terminal, its lease and its fence as an attempt does (I1).
ALTER TABLE open_attempts
  ADD COLUMN purpose text NOT NULL DEFAULT 'payment' CHECK (purpose IN ('payment', 'refund'));

------------------------------------------------------------------------------------------ payments

ALTER TABLE payments
  ADD COLUMN refunded_tiyn tiyn NOT NULL DEFAULT 0,
  -- Credits that are given or asked back: they count towards no `paid` (S5).
  ADD COLUMN withheld_tiyn tiyn NOT NULL DEFAULT 0,
  ADD COLUMN refund_status text
    CHECK (refund_status IN ('requested', 'processing', 'partially_refunded', 'refunded')),
  DROP CONSTRAINT payments_paid_by_credits,
  DROP CONSTRAINT payments_credits_bounded,
  -- I7, counted when first reached.
  ADD CONSTRAINT payments_paid_by_credits CHECK (
    CASE WHEN paid_at IS NULL
      THEN credited_tiyn = withheld_tiyn
        OR credited_tiyn - withheld_tiyn < original_tiyn - tolerance_tiyn
      ELSE credited_tiyn > 0 AND credited_tiyn >= original_tiyn - tolerance_tiyn END),
  -- Paid again beside a refund that came to nothing is more than was due: late, and a task then.
  ADD CONSTRAINT payments_credits_bounded
    CHECK (credited_tiyn - withheld_tiyn <= original_tiyn OR late),
  ADD CONSTRAINT payments_withheld_bounded CHECK (withheld_tiyn <= credited_tiyn),
  ADD CONSTRAINT payments_refunded_bounded CHECK (refunded_tiyn <= paid_tiyn);

-- «Reverse and pay again»: a payment that takes the place of one that is given back. Once each.
CREATE TABLE successors (
  replaces uuid PRIMARY KEY,
  payment_id uuid NOT NULL UNIQUE
);

ALTER TABLE postings
  DROP CONSTRAINT postings_set_kind_check,
  ADD CONSTRAINT postings_set_kind_check
    CHECK (set_kind IN ('capture', 'forgiven', 'provider_fee', 'refund'));

------------------------------------------------------------------------------------------- figures

ALTER TABLE figure_deltas ADD COLUMN refunded_tiyn bigint;
ALTER TABLE figure_days ADD COLUMN refunded_tiyn bigint NOT NULL DEFAULT 0;

-- As before, with what was given back.
CREATE OR REPLACE FUNCTION figure_facts(created_from timestamptz, created_to timestamptz)
  RETURNS SETOF figure_deltas
  LANGUAGE sql STABLE
  AS $$
    WITH created AS MATERIALIZED (
      SELECT * FROM payments p
      WHERE p.created_at >= created_from AND p.created_at < created_to
        AND p.id >= uuid7_floor(created_from - interval '1 hour')
        AND p.id < uuid7_floor(created_to + interval '1 hour')
    )
    SELECT p.created_at, p.paid_at, p.source_id, p.country_iso, p.currency,
      p.chosen_method, p.used_method, p.terminal_id, p.status,
      1, p.original_tiyn, (1000 * extract(epoch FROM p.paid_at - p.created_at))::bigint,
      NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
      NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint
    FROM created p
    UNION ALL
    SELECT p.created_at, NULL, p.source_id, p.country_iso, p.currency,
      a.method, NULL, a.terminal_id, NULL,
      NULL, NULL, NULL, 1, (a.state = 'succeeded')::integer, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL
    FROM created p JOIN attempts a ON a.payment_id = p.id
    WHERE is_started(a.state)
    UNION ALL
    SELECT p.created_at, s.at, p.source_id, p.country_iso, p.currency,
      a.method, c.used_method, a.terminal_id, NULL,
      NULL, NULL, NULL, NULL, NULL,
      CASE WHEN s.set_kind = 'capture' AND s.account = 'customer' THEN -s.tiyn END,
      CASE WHEN s.set_kind = 'capture' AND s.account = 'source_credit' THEN s.tiyn END,
      CASE WHEN s.account = 'commission_charged' THEN s.tiyn END,
      CASE WHEN s.account = 'rounding' THEN s.tiyn END,
      CASE WHEN s.account = 'overpaid' THEN s.tiyn END,
      CASE WHEN s.account = 'forgiven' THEN -s.tiyn END,
      CASE WHEN s.account = 'provider_fee_expected' THEN s.tiyn END,
      CASE WHEN s.account = 'refunded' THEN s.tiyn END
    FROM created p JOIN postings s ON s.payment_id = p.id
    LEFT JOIN attempts a ON a.id = s.attempt_id
    LEFT JOIN captures c ON c.attempt_id = s.attempt_id
  $$;

CREATE OR REPLACE FUNCTION note_postings() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
        product, terminal_id, gross_tiyn, credited_tiyn, commission_tiyn, rounding_tiyn,
        overpaid_tiyn, forgiven_tiyn, fee_tiyn, refunded_tiyn)
      SELECT p.created_at, s.at, p.source_id, p.country_iso, p.currency, a.method, c.used_method,
        a.terminal_id, s.gross, s.credited, s.commission, s.rounding, s.overpaid, s.forgiven, s.fee,
        s.refunded
      FROM (
        SELECT payment_id, attempt_id, at,
          sum(-tiyn) FILTER (WHERE set_kind = 'capture' AND account = 'customer') AS gross,
          sum(tiyn) FILTER (WHERE set_kind = 'capture' AND account = 'source_credit') AS credited,
          sum(tiyn) FILTER (WHERE account = 'commission_charged') AS commission,
          sum(tiyn) FILTER (WHERE account = 'rounding') AS rounding,
          sum(tiyn) FILTER (WHERE account = 'overpaid') AS overpaid,
          sum(-tiyn) FILTER (WHERE account = 'forgiven') AS forgiven,
          sum(tiyn) FILTER (WHERE account = 'provider_fee_expected') AS fee,
          sum(tiyn) FILTER (WHERE account = 'refunded') AS refunded
        FROM added GROUP BY payment_id, attempt_id, at
      ) s
      JOIN payments p ON p.id = s.payment_id
      LEFT JOIN attempts a ON a.id = s.attempt_id
      LEFT JOIN captures c ON c.attempt_id = s.attempt_id;
      RETURN NULL;
    END
  $$;
