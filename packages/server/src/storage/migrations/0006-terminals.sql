-- Terminals as staff works with them: taken out of the pool by a person, and when each was last
-- heard.

ALTER TABLE terminals
  -- Held out of the pool by a person: who, when and why. `is_active` stays as it is.
  ADD COLUMN taken_out_at timestamptz,
  ADD COLUMN taken_out_by text,
  ADD COLUMN taken_out_reason text CHECK (char_length(taken_out_reason) BETWEEN 1 AND 500),
  -- When the device last answered a check, or took a payment or the centre's name.
  ADD COLUMN last_seen_at timestamptz,
  ADD CONSTRAINT terminals_taken_out_whole
    CHECK (num_nulls(taken_out_at, taken_out_by, taken_out_reason) IN (0, 3));
