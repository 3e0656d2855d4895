-- Months that are archived, or on their way there. A row stands from the moment that nothing of its month
-- may change any more until the month is back.

CREATE TABLE archived_months (
  month date PRIMARY KEY CHECK (extract(day FROM month) = 1),
  sealed_at timestamptz NOT NULL DEFAULT centre_now(),
  archived_at timestamptz,
  manifest_hash bytea CHECK (octet_length(manifest_hash) = 32),
  CONSTRAINT archived_months_whole CHECK ((archived_at IS NULL) = (manifest_hash IS NULL))
);

CREATE FUNCTION refuse_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the month of % is sealed', TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = 'month_sealed';
  END
$$;

-- The month that an id was made in, in UTC as partitions are cut.
CREATE FUNCTION uuid7_month(id uuid) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT date_trunc('month', to_timestamp(
    ('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)
      AT TIME ZONE 'UTC')::date
$$;
