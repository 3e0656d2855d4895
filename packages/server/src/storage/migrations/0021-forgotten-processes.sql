-- A device that was reset forgets its processes and gives their ids to others. What it says of one that it
-- did not know once is for a person to weigh, and such an id is no longer that attempt's alone.

ALTER TABLE attempts ADD COLUMN forgotten boolean NOT NULL DEFAULT false;
-- Of its newest try.
ALTER TABLE refunds ADD COLUMN forgotten boolean NOT NULL DEFAULT false;
ALTER TABLE open_attempts ADD COLUMN forgotten boolean NOT NULL DEFAULT false;

DROP INDEX open_attempts_process;
CREATE UNIQUE INDEX open_attempts_process ON open_attempts (device, process_id)
  WHERE state <> 'held' AND NOT forgotten;
