-- What was brought over from an earlier centre, and personal data that is forgotten when its time has come.

--------------------------------------------------------------------------------- brought over

-- A payment of an earlier centre has an id of this centre's, whose time says its month; the id that its source
-- knows it by stands here, beside the tables by month, and is unique in any case of its letters (N1). The row is
-- also the receipt of the import: what was said then, whatever has happened to the payment since.
CREATE TABLE former_ids (
  payment_id uuid PRIMARY KEY,
  former_id text NOT NULL CHECK (former_id ~ '^[A-Za-z0-9_.-]{1,64}$'),
  import text NOT NULL CHECK (import ~ '^[a-z0-9_-]{1,40}$'),
  source_id integer NOT NULL REFERENCES sources,
  status text NOT NULL,
  -- The one that carries its money; null where it had none.
  attempt_id uuid
);
CREATE UNIQUE INDEX former_ids_once ON former_ids (upper(former_id));
CREATE TRIGGER former_ids_append_only BEFORE UPDATE OR DELETE ON former_ids
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Keys of an earlier centre's sources and terminals, and what they are here.
CREATE TABLE former_keys (
  import text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('source', 'terminal')),
  former_key text NOT NULL CHECK (char_length(former_key) BETWEEN 1 AND 128),
  id integer NOT NULL,
  CONSTRAINT former_keys_once PRIMARY KEY (import, kind, former_key)
);

------------------------------------------------------------------------------------ forgotten

ALTER TABLE payments ADD COLUMN customer_forgotten_at timestamptz;
ALTER TABLE payments ADD CONSTRAINT payments_forgotten_is_gone CHECK (customer_forgotten_at IS NULL
  OR (num_nonnulls(customer_phone, customer_email, customer_name, description) = 0
    AND metadata::text = '{}'));

-- What people wrote into the audit in words of their own may name a customer, and must be able to go without
-- breaking the chain. So a line's hash is of everything but those words, and of a salted hash of them; to forget
-- the words is to take them and the salt away, and nothing else of a line can change. Lines from before this
-- migration have no such hash and stay as they are.
ALTER TABLE audit_log ADD COLUMN words_salt bytea, ADD COLUMN words_hash bytea,
  ADD COLUMN words_forgotten_at timestamptz;

CREATE FUNCTION audit_words(facts jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object('reason', facts -> 'reason',
      'evidence', facts -> 'evidence', 'note', facts -> 'note'))
  $$;

CREATE FUNCTION audit_words_hash(salt bytea, facts jsonb) RETURNS bytea
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(salt || convert_to(audit_words(facts)::text, 'UTF8'))
  $$;

CREATE OR REPLACE FUNCTION audit_text(line audit_log) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
      WHEN line.words_hash IS NULL THEN jsonb_build_array(line.seq, extract(epoch FROM line.at),
        line.actor_kind, line.admin_id, line.actor_name, line.ip, line.action, line.target_kind,
        line.target_id, line.facts, encode(line.prev_hash, 'hex'))::text
      ELSE jsonb_build_array(line.seq, extract(epoch FROM line.at),
        line.actor_kind, line.admin_id, line.actor_name, line.ip, line.action, line.target_kind,
        line.target_id, line.facts - ARRAY['reason', 'evidence', 'note'],
        encode(CASE WHEN line.words_forgotten_at IS NULL
          THEN audit_words_hash(line.words_salt, line.facts) ELSE line.words_hash END, 'hex'),
        encode(line.prev_hash, 'hex'))::text
    END
  $$;

CREATE OR REPLACE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      last audit_log;
    BEGIN
      PERFORM pg_advisory_xact_lock(7204117004);
      SELECT * INTO last FROM audit_log ORDER BY seq DESC LIMIT 1;
      NEW.seq := coalesce(last.seq, 0) + 1;
      NEW.at := centre_now();
      NEW.prev_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
      NEW.words_forgotten_at := NULL;
      NEW.words_salt := uuid_send(gen_random_uuid());
      NEW.words_hash := audit_words_hash(NEW.words_salt, NEW.facts);
      NEW.hash := sha256(convert_to(audit_text(NEW), 'UTF8'));
      RETURN NEW;
    END
  $$;

-- Refuses every change but one: a line that loses its words and their salt, once, and says when.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.words_hash IS NOT NULL AND OLD.words_forgotten_at IS NULL
        AND NEW.words_forgotten_at IS NOT NULL AND NEW.words_salt IS NULL
        AND NEW.facts = OLD.facts - ARRAY['reason', 'evidence', 'note']
        AND to_jsonb(NEW) - ARRAY['facts', 'words_salt', 'words_forgotten_at']
          = to_jsonb(OLD) - ARRAY['facts', 'words_salt', 'words_forgotten_at'] THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'audit_log is append-only';
    END
  $$;
DROP TRIGGER audit_log_append_only ON audit_log;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

-- The centre's role may not update the audit; this one change it asks its owner for, and only about payments
-- whose customer has been forgotten.
CREATE FUNCTION forget_audit_words(forgotten uuid[]) RETURNS integer
  LANGUAGE sql SECURITY DEFINER SET search_path TO pg_catalog, public, pg_temp AS $$
    WITH gone AS MATERIALIZED (
      SELECT id FROM public.payments
      WHERE id = ANY (forgotten) AND customer_forgotten_at IS NOT NULL
    ),
    about AS MATERIALIZED (
      SELECT 'payment' AS kind, id::text AS id FROM gone
      UNION ALL
      SELECT 'desk_entry', t.id::text FROM public.tasks t JOIN gone ON gone.id = t.payment_id
    ),
    changed AS (
      UPDATE public.audit_log SET facts = facts - ARRAY['reason', 'evidence', 'note'],
        words_salt = NULL, words_forgotten_at = public.centre_now()
      FROM about
      WHERE target_kind = about.kind AND target_id = about.id
        AND words_hash IS NOT NULL AND words_forgotten_at IS NULL
        AND facts ?| ARRAY['reason', 'evidence', 'note']
      RETURNING 1
    )
    SELECT count(*)::integer FROM changed
  $$;
