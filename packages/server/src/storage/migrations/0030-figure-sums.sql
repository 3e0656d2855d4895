-- A year of figures is added up from few rows: the kept days once more without their terminals, each by the
-- day of creation and by the day of money, and months of either. Totals of lists come out of the same rows,
-- so what counted payments alone goes.

DROP TRIGGER figure_days_added ON figure_days;
DROP TRIGGER figure_days_changed ON figure_days;
DROP FUNCTION count_figure_days;
DROP TABLE figure_counts;

CREATE TABLE figure_sums (
  dated_by text NOT NULL CHECK (dated_by IN ('created_at', 'paid_at')),
  span text NOT NULL CHECK (span IN ('day', 'month')),
  -- The day, or the first of the month.
  since date NOT NULL,
  source_id integer NOT NULL,
  country_iso text NOT NULL,
  currency text NOT NULL,
  method text,
  product text,
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
  refunded_tiyn bigint NOT NULL,
  CONSTRAINT figure_sums_once UNIQUE NULLS NOT DISTINCT (dated_by, span, since, source_id,
    country_iso, currency, method, product, status)
);

-- The statement that adds what `changed` says, a query of days with a sign before them.
CREATE FUNCTION summing_figure_days(changed text) RETURNS text
  LANGUAGE sql IMMUTABLE
  AS $$
    SELECT format($sum$
      INSERT INTO figure_sums AS kept (dated_by, span, since, source_id, country_iso, currency,
        method, product, status, payments, original_tiyn, pay_ms, attempts_started,
        attempts_succeeded, gross_tiyn, credited_tiyn, commission_tiyn, rounding_tiyn,
        overpaid_tiyn, forgiven_tiyn, fee_tiyn, refunded_tiyn)
      SELECT * FROM (
        SELECT dated_by, span, CASE span WHEN 'day' THEN at ELSE date_trunc('month', at)::date END AS since,
          source_id, country_iso, currency, method, product, status,
          sum(sign * payments)::bigint AS payments, sum(sign * original_tiyn)::bigint AS original_tiyn,
          sum(sign * pay_ms)::bigint AS pay_ms,
          sum(sign * attempts_started)::bigint AS attempts_started,
          sum(sign * attempts_succeeded)::bigint AS attempts_succeeded,
          sum(sign * gross_tiyn)::bigint AS gross_tiyn,
          sum(sign * credited_tiyn)::bigint AS credited_tiyn,
          sum(sign * commission_tiyn)::bigint AS commission_tiyn,
          sum(sign * rounding_tiyn)::bigint AS rounding_tiyn,
          sum(sign * overpaid_tiyn)::bigint AS overpaid_tiyn,
          sum(sign * forgiven_tiyn)::bigint AS forgiven_tiyn,
          sum(sign * fee_tiyn)::bigint AS fee_tiyn,
          sum(sign * refunded_tiyn)::bigint AS refunded_tiyn
        FROM (%s) AS changed
          CROSS JOIN LATERAL (VALUES ('created_at', day), ('paid_at', money_day)) AS dated (dated_by, at)
          CROSS JOIN (VALUES ('day'), ('month')) AS spans (span)
        WHERE at IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
      ) AS summed
      WHERE (payments, original_tiyn, pay_ms, attempts_started, attempts_succeeded, gross_tiyn,
        credited_tiyn, commission_tiyn, rounding_tiyn, overpaid_tiyn, forgiven_tiyn, fee_tiyn,
        refunded_tiyn) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
      ON CONFLICT ON CONSTRAINT figure_sums_once DO UPDATE SET
        payments = kept.payments + EXCLUDED.payments,
        original_tiyn = kept.original_tiyn + EXCLUDED.original_tiyn,
        pay_ms = kept.pay_ms + EXCLUDED.pay_ms,
        attempts_started = kept.attempts_started + EXCLUDED.attempts_started,
        attempts_succeeded = kept.attempts_succeeded + EXCLUDED.attempts_succeeded,
        gross_tiyn = kept.gross_tiyn + EXCLUDED.gross_tiyn,
        credited_tiyn = kept.credited_tiyn + EXCLUDED.credited_tiyn,
        commission_tiyn = kept.commission_tiyn + EXCLUDED.commission_tiyn,
        rounding_tiyn = kept.rounding_tiyn + EXCLUDED.rounding_tiyn,
        overpaid_tiyn = kept.overpaid_tiyn + EXCLUDED.overpaid_tiyn,
        forgiven_tiyn = kept.forgiven_tiyn + EXCLUDED.forgiven_tiyn,
        fee_tiyn = kept.fee_tiyn + EXCLUDED.fee_tiyn,
        refunded_tiyn = kept.refunded_tiyn + EXCLUDED.refunded_tiyn
    $sum$, changed)
  $$;

-- By the statement that changes `figure_days`, whatever it does to them, so the two never differ.
CREATE FUNCTION sum_figure_days() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      EXECUTE summing_figure_days(CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM added'
        WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM removed'
        ELSE 'SELECT 1 AS sign, * FROM added UNION ALL SELECT -1 AS sign, * FROM removed'
      END);
      RETURN NULL;
    END
  $$;
CREATE TRIGGER figure_days_added AFTER INSERT ON figure_days
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION sum_figure_days();
CREATE TRIGGER figure_days_changed AFTER UPDATE ON figure_days
  REFERENCING NEW TABLE AS added OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION sum_figure_days();
CREATE TRIGGER figure_days_removed AFTER DELETE ON figure_days
  REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION sum_figure_days();

DO $$
  BEGIN
    EXECUTE summing_figure_days('SELECT 1 AS sign, * FROM figure_days');
  END
$$;
