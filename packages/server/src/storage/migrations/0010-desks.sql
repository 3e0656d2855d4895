-- Desks: every task is an entry on one, taken by somebody, closed by hand with a reason or by what it
-- waited for. Who did what with it is told by the audit.

ALTER TABLE tasks
  -- Where it belongs when it is about no payment and no terminal of the centre.
  ADD COLUMN country_iso text CHECK (country_iso ~ '^[A-Z]{2}$'),
  ADD COLUMN payment_system text REFERENCES payment_systems,
  -- The evidence that it was found by: it opens one entry for ever, whoever finds it again.
  ADD COLUMN key text CONSTRAINT tasks_key_once UNIQUE,
  ADD COLUMN assignee_id integer REFERENCES admins,
  -- Both only of one that was closed by hand.
  ADD COLUMN closed_by text,
  ADD COLUMN close_reason text,
  ADD CONSTRAINT tasks_closed_whole CHECK (
    num_nulls(closed_by, close_reason) IN (0, 2) AND (closed_by IS NULL OR closed_at IS NOT NULL));
-- A desk, oldest first, with those that were closed.
CREATE INDEX tasks_kind ON tasks (kind, id);

-- A terminal in quarantine is an entry from the moment it is put there until its next start has proved it
-- idle, or a person's word, or its removal, ends that: by trigger, since several statements do it.
CREATE FUNCTION note_quarantine() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      IF NEW.quarantined_until IS NOT NULL AND NEW.deleted_at IS NULL THEN
        INSERT INTO tasks (kind, terminal_id, opened_at)
        SELECT 'quarantined', NEW.id, centre_now()
        WHERE NOT EXISTS (
          SELECT FROM tasks
          WHERE terminal_id = NEW.id AND kind = 'quarantined' AND closed_at IS NULL);
      ELSE
        UPDATE tasks SET closed_at = centre_now()
        WHERE terminal_id = NEW.id AND kind = 'quarantined' AND closed_at IS NULL;
      END IF;
      RETURN NULL;
    END
  $$;
CREATE TRIGGER terminals_quarantine_noted AFTER UPDATE OF quarantined_until, deleted_at ON terminals
  FOR EACH ROW
  WHEN ((OLD.quarantined_until IS NULL, OLD.deleted_at IS NULL)
    IS DISTINCT FROM (NEW.quarantined_until IS NULL, NEW.deleted_at IS NULL))
  EXECUTE FUNCTION note_quarantine();
INSERT INTO tasks (kind, terminal_id, opened_at)
SELECT 'quarantined', id, centre_now() FROM terminals
WHERE quarantined_until IS NOT NULL AND deleted_at IS NULL;
