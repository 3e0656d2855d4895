-- What the books have to doubt, and who is told. A device that was reset forgets its processes and gives
-- their ids to others: what it says of one that it did not know once is for a person to weigh, and such an id
-- is no longer that attempt's alone. Books that were restored do not know what happened meanwhile.

ALTER TABLE attempts ADD COLUMN forgotten boolean NOT NULL DEFAULT false;
-- Of its newest try.
ALTER TABLE refunds ADD COLUMN forgotten boolean NOT NULL DEFAULT false;
ALTER TABLE open_attempts ADD COLUMN forgotten boolean NOT NULL DEFAULT false;

DROP INDEX open_attempts_process;
CREATE UNIQUE INDEX open_attempts_process ON open_attempts (device, process_id)
  WHERE state <> 'held' AND NOT forgotten;

ALTER TABLE alerts DROP CONSTRAINT alerts_kind_check;
ALTER TABLE alerts ADD CONSTRAINT alerts_kind_check CHECK (kind IN ('terminal_offline',
  'terminal_suspended', 'terminal_quarantined', 'terminal_needs_mending', 'result_unknown',
  'books_restored', 'endpoint_failing', 'sms_balance_low', 'reconciliation_gap', 'unusual_sum',
  'certificate_expiring'));
