-- What staff see of turnover: sums kept by day, and what has not been added to them yet.
--
-- Whoever writes a payment, an attempt or a posting appends its part to `figure_deltas` in the same
-- transaction, by trigger, so that no way of writing can forget it. A job folds deltas into
-- `figure_days`. A figure is the sum of both, read by one statement, so it is exact at every moment.
-- Deltas carry moments; they become days of the zone in `settings` when they are read or folded.

-- What a payment came by last: the terminal of its newest attempt, the newest product that was used.
ALTER TABLE payments
  ADD COLUMN terminal_id integer,
  ADD COLUMN used_method text;
UPDATE payments p SET
  terminal_id = (
    SELECT terminal_id FROM attempts a WHERE a.payment_id = p.id ORDER BY a.id DESC LIMIT 1),
  used_method = (
    SELECT used_method FROM captures c
    WHERE c.payment_id = p.id AND used_method IS NOT NULL ORDER BY at DESC LIMIT 1);

-- Append only, without a key: rows are added up, and folding deletes what it has added. An absent
-- measure is nothing.
CREATE TABLE figure_deltas (
  -- When the payment was created.
  created_at timestamptz NOT NULL,
  -- When money was booked, or when the payment became paid; null for what has no such moment.
  money_at timestamptz,
  source_id integer NOT NULL,
  country_iso text NOT NULL,
  currency text NOT NULL,
  -- Of a count of payments: as the payment stands. Of money and attempts: as the attempt was.
  method text,
  product text,
  terminal_id integer,
  -- Only of counts of payments.
  status text,
  payments bigint,
  original_tiyn bigint,
  -- Σ of the times from creation to `paid`.
  pay_ms bigint,
  attempts_started bigint,
  attempts_succeeded bigint,
  gross_tiyn bigint,
  credited_tiyn bigint,
  commission_tiyn bigint,
  rounding_tiyn bigint,
  overpaid_tiyn bigint,
  forgiven_tiyn bigint,
  fee_tiyn bigint
) WITH (
  -- Thousands of rows come and go in a minute, and every reader passes over the dead ones.
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0
);

CREATE TRIGGER figure_deltas_unchanged BEFORE UPDATE ON figure_deltas
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE figure_days (
  day date NOT NULL,
  money_day date,
  source_id integer NOT NULL,
  country_iso text NOT NULL,
  currency text NOT NULL,
  method text,
  product text,
  terminal_id integer,
  status text,
  payments bigint NOT NULL,
  original_tiyn bigint NOT NULL,
  pay_ms bigint NOT NULL,
  attempts_started bigint NOT NULL,
  attempts_succeeded bigint NOT NULL,
  gross_tiyn bigint NOT NULL,
  credited_tiyn bigint NOT NULL,
  commission_tiyn bigint NOT NULL,
  rounding_tiyn bigint NOT NULL,
  overpaid_tiyn bigint NOT NULL,
  forgiven_tiyn bigint NOT NULL,
  fee_tiyn bigint NOT NULL,
  CONSTRAINT figure_days_once UNIQUE NULLS NOT DISTINCT (day, money_day, source_id, country_iso,
    currency, method, product, terminal_id, status)
);
CREATE INDEX figure_days_money ON figure_days (money_day) WHERE money_day IS NOT NULL;

-- How many payments there are, for the totals of lists: the same days, added up over all that no list is
-- filtered by, and months of them, so that a total of years adds up few rows. Kept by the statement that
-- changes `figure_days`, so they never differ.
CREATE TABLE figure_counts (
  span text NOT NULL CHECK (span IN ('day', 'month')),
  -- The day, or the first of the month.
  since date NOT NULL,
  source_id integer NOT NULL,
  country_iso text NOT NULL,
  method text,
  status text NOT NULL,
  payments bigint NOT NULL,
  CONSTRAINT figure_counts_once
    UNIQUE NULLS NOT DISTINCT (span, since, source_id, country_iso, method, status)
);

CREATE FUNCTION count_figure_days() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO figure_counts AS kept
        SELECT span, CASE span WHEN 'day' THEN day ELSE date_trunc('month', day)::date END AS since,
          source_id, country_iso, method, status, sum(payments)
        FROM added, (VALUES ('day'), ('month')) AS spans (span)
        WHERE status IS NOT NULL
        GROUP BY 1, 2, source_id, country_iso, method, status
        ON CONFLICT ON CONSTRAINT figure_counts_once
          DO UPDATE SET payments = kept.payments + EXCLUDED.payments;
      ELSE
        INSERT INTO figure_counts AS kept
        SELECT span, CASE span WHEN 'day' THEN day ELSE date_trunc('month', day)::date END AS since,
          source_id, country_iso, method, status, sum(payments)
        FROM (
          SELECT day, source_id, country_iso, method, status, payments FROM added
          UNION ALL
          SELECT day, source_id, country_iso, method, status, -payments FROM replaced
        ) AS changed, (VALUES ('day'), ('month')) AS spans (span)
        WHERE status IS NOT NULL
        GROUP BY 1, 2, source_id, country_iso, method, status
        HAVING sum(payments) <> 0
        ON CONFLICT ON CONSTRAINT figure_counts_once
          DO UPDATE SET payments = kept.payments + EXCLUDED.payments;
      END IF;
      RETURN NULL;
    END
  $$;
CREATE TRIGGER figure_days_added AFTER INSERT ON figure_days
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_figure_days();
CREATE TRIGGER figure_days_changed AFTER UPDATE ON figure_days
  REFERENCING NEW TABLE AS added OLD TABLE AS replaced
  FOR EACH STATEMENT EXECUTE FUNCTION count_figure_days();

-- The zone that the days of `figure_days` are days of (T1). It changes only with a rebuild.
INSERT INTO settings VALUES ('figures_zone', '"Asia/Almaty"');

--------------------------------------------------------------------------------- what rows come to

-- A started attempt is one whose terminal was called.
CREATE FUNCTION is_started(state text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT state NOT IN ('reserved', 'released') $$;

-- All that the rows of payments created between two moments come to: what the deltas of all times
-- must add up to. Ids are of the moment of creation, but for a clock between two statements.
CREATE FUNCTION figure_facts(created_from timestamptz, created_to timestamptz)
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
      NULL::bigint, NULL::bigint, NULL::bigint
    FROM created p
    UNION ALL
    SELECT p.created_at, NULL, p.source_id, p.country_iso, p.currency,
      a.method, NULL, a.terminal_id, NULL,
      NULL, NULL, NULL, 1, (a.state = 'succeeded')::integer, NULL, NULL, NULL, NULL, NULL, NULL, NULL
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
      CASE WHEN s.account = 'provider_fee_expected' THEN s.tiyn END
    FROM created p JOIN postings s ON s.payment_id = p.id
    LEFT JOIN attempts a ON a.id = s.attempt_id
    LEFT JOIN captures c ON c.attempt_id = s.attempt_id
  $$;

INSERT INTO figure_deltas SELECT * FROM figure_facts('2000-01-01', '2200-01-01');

--------------------------------------------------------------------------- the deltas of each write

-- The hottest of all: a trigger of the statement costs it two thirds of what one of the row does.
CREATE FUNCTION note_payments_created() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
        product, terminal_id, status, payments, original_tiyn, pay_ms)
      SELECT created_at, paid_at, source_id, country_iso, currency, chosen_method, used_method,
        terminal_id, status, 1, original_tiyn,
        (1000 * extract(epoch FROM paid_at - created_at))::bigint
      FROM added;
      RETURN NULL;
    END
  $$;
CREATE TRIGGER figures_payments_created AFTER INSERT ON payments
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION note_payments_created();

-- A payment that stands elsewhere is counted there, and no longer where it stood.
CREATE FUNCTION note_payment_moved() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
        product, terminal_id, status, payments, original_tiyn, pay_ms)
      VALUES
        (OLD.created_at, OLD.paid_at, OLD.source_id, OLD.country_iso, OLD.currency,
          OLD.chosen_method, OLD.used_method, OLD.terminal_id, OLD.status, -1, -OLD.original_tiyn,
          (-1000 * extract(epoch FROM OLD.paid_at - OLD.created_at))::bigint),
        (NEW.created_at, NEW.paid_at, NEW.source_id, NEW.country_iso, NEW.currency,
          NEW.chosen_method, NEW.used_method, NEW.terminal_id, NEW.status, 1, NEW.original_tiyn,
          (1000 * extract(epoch FROM NEW.paid_at - NEW.created_at))::bigint);
      RETURN NULL;
    END
  $$;
CREATE TRIGGER figures_payment_moved AFTER UPDATE ON payments
  FOR EACH ROW
  WHEN ((OLD.status, OLD.paid_at, OLD.chosen_method, OLD.used_method, OLD.terminal_id)
    IS DISTINCT FROM (NEW.status, NEW.paid_at, NEW.chosen_method, NEW.used_method, NEW.terminal_id))
  EXECUTE FUNCTION note_payment_moved();

-- Of an attempt: what it counts for now, less what it counted for before.
CREATE FUNCTION note_attempt() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    DECLARE
      started integer := is_started(NEW.state)::integer;
      succeeded integer := (NEW.state = 'succeeded')::integer;
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        started := started - is_started(OLD.state)::integer;
        succeeded := succeeded - (OLD.state = 'succeeded')::integer;
      END IF;
      IF started <> 0 OR succeeded <> 0 THEN
        INSERT INTO figure_deltas (created_at, source_id, country_iso, currency, method,
          terminal_id, attempts_started, attempts_succeeded)
        SELECT p.created_at, p.source_id, p.country_iso, p.currency, NEW.method,
          NEW.terminal_id, started, succeeded
        FROM payments p WHERE p.id = NEW.payment_id;
      END IF;
      RETURN NULL;
    END
  $$;
CREATE TRIGGER figures_attempt_added AFTER INSERT ON attempts
  FOR EACH ROW WHEN (NEW.state <> 'reserved') EXECUTE FUNCTION note_attempt();
CREATE TRIGGER figures_attempt_changed AFTER UPDATE ON attempts
  FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION note_attempt();

-- M14: money is counted from the postings themselves. They come after their attempt and capture.
CREATE FUNCTION note_postings() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
        product, terminal_id, gross_tiyn, credited_tiyn, commission_tiyn, rounding_tiyn,
        overpaid_tiyn, forgiven_tiyn, fee_tiyn)
      SELECT p.created_at, s.at, p.source_id, p.country_iso, p.currency, a.method, c.used_method,
        a.terminal_id, s.gross, s.credited, s.commission, s.rounding, s.overpaid, s.forgiven, s.fee
      FROM (
        SELECT payment_id, attempt_id, at,
          sum(-tiyn) FILTER (WHERE set_kind = 'capture' AND account = 'customer') AS gross,
          sum(tiyn) FILTER (WHERE set_kind = 'capture' AND account = 'source_credit') AS credited,
          sum(tiyn) FILTER (WHERE account = 'commission_charged') AS commission,
          sum(tiyn) FILTER (WHERE account = 'rounding') AS rounding,
          sum(tiyn) FILTER (WHERE account = 'overpaid') AS overpaid,
          sum(-tiyn) FILTER (WHERE account = 'forgiven') AS forgiven,
          sum(tiyn) FILTER (WHERE account = 'provider_fee_expected') AS fee
        FROM added GROUP BY payment_id, attempt_id, at
      ) s
      JOIN payments p ON p.id = s.payment_id
      LEFT JOIN attempts a ON a.id = s.attempt_id
      LEFT JOIN captures c ON c.attempt_id = s.attempt_id;
      RETURN NULL;
    END
  $$;
CREATE TRIGGER figures_posted AFTER INSERT ON postings
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION note_postings();
