-- Payments as staff look for them: what lists, counts and searches need, and what every device said.
-- Creating a payment is the hottest write of all: it pays for a wider primary key, and for an index on a
-- customer's phone, e-mail, name or order only when it has one.

------------------------------------------------------------------------------------- lists, counts

-- The six documented filters and a member of staff's scope are answered from this index alone, in the
-- order of creation: a page deep in the list, or a count, reads no row.
ALTER TABLE payments
  DROP CONSTRAINT payments_pkey,
  ADD CONSTRAINT payments_pkey PRIMARY KEY (id)
    INCLUDE (source_id, country_iso, status, chosen_method);

-- Statuses of few payments, which a walk over all would find slowly.
CREATE INDEX payments_unsettled ON payments (status, id)
  WHERE status IN ('processing', 'failed', 'partially_paid');
CREATE INDEX payments_paid ON payments (paid_at, id) WHERE paid_at IS NOT NULL;
CREATE INDEX payments_flagged ON payments (id) WHERE late OR overpaid_tiyn > 0;
CREATE INDEX attempts_terminal ON attempts (terminal_id, payment_id);
CREATE INDEX captures_used_method ON captures (used_method, payment_id);
CREATE INDEX deliveries_parked ON deliveries (id) WHERE state = 'parked';

-------------------------------------------------------------------------------------------- search

-- What a source calls its order in the metadata, by the names that are in use.
CREATE FUNCTION order_of(metadata json) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT left(coalesce(metadata ->> 'order_id', metadata ->> 'order', metadata ->> 'orderId',
      metadata ->> 'order_number', metadata ->> 'tour_id', metadata ->> 'booking_id',
      metadata ->> 'invoice_id'), 128)
  $$;

-- Backwards, since people know the last digits of a phone.
CREATE INDEX payments_phone ON payments (reverse(customer_phone) text_pattern_ops)
  WHERE customer_phone IS NOT NULL;
CREATE INDEX payments_email ON payments (lower(customer_email) text_pattern_ops)
  WHERE customer_email IS NOT NULL;
CREATE INDEX payments_name ON payments (lower(customer_name) text_pattern_ops)
  WHERE customer_name IS NOT NULL;
-- The test is cheaper than the look itself, which reads the JSON once for each name.
CREATE INDEX payments_order ON payments (order_of(metadata)) WHERE metadata::text <> '{}';
CREATE INDEX external_ids_any_source ON external_ids (external_id);
CREATE INDEX captures_provider_transaction ON captures (provider_transaction_id);

--------------------------------------------------------------------------- what was said to devices

-- Every call to a device about an attempt. Polls that brought the same answer are one row with their
-- count. A log for people: nothing is decided on it, and losing a line of it is no harm.
CREATE TABLE device_exchanges (
  id uuid PRIMARY KEY,
  payment_id uuid NOT NULL,
  attempt_id uuid NOT NULL,
  terminal_id integer NOT NULL,
  call text NOT NULL CHECK (call IN ('start', 'status', 'actualize', 'stop')),
  started_at timestamptz NOT NULL,
  took_ms integer NOT NULL CHECK (took_ms >= 0),
  http_status integer,
  outcome text NOT NULL,
  -- Cleaned of tokens and of everything that is not text for people; null when it was no JSON.
  said jsonb CHECK (octet_length(said::text) <= 16384),
  repeats integer NOT NULL DEFAULT 1 CHECK (repeats > 0),
  last_at timestamptz NOT NULL
) PARTITION BY RANGE (id);
CREATE INDEX device_exchanges_payment ON device_exchanges (payment_id, id);

-- As before, only that the tables are no longer listed: whatever is partitioned by its id gets its months.
CREATE OR REPLACE FUNCTION ensure_partitions(first date, months integer) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    DECLARE
      parent text;
      part text;
      starts timestamp;
    BEGIN
      PERFORM pg_advisory_xact_lock(7204117002);
      FOR n IN 0 .. months - 1 LOOP
        starts := date_trunc('month', first::timestamp) + make_interval(months => n);
        FOR parent IN
          SELECT relname FROM pg_class
          WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace
            AND pg_get_partkeydef(oid) = 'RANGE (id)'
          ORDER BY relname
        LOOP
          part := parent || to_char(starts, '_YYYY_MM');
          CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
          EXECUTE format(
            'CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
            part, parent);
          EXECUTE format(
            'ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
            parent, part,
            public.uuid7_floor(starts AT TIME ZONE 'UTC'),
            public.uuid7_floor((starts + interval '1 month') AT TIME ZONE 'UTC'));
        END LOOP;
      END LOOP;
    END
  $$;

-- The new table gets every month that its siblings have.
SELECT ensure_partitions(to_date(right(c.relname, 7), 'YYYY_MM'), 1)
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'payments'::regclass;
