-- What the books know of the database that holds them. A backup that is restored, and a standby that takes
-- over, bring back an earlier moment or none at all, and the rows themselves cannot tell: but the server,
-- or its timeline, is then another one, and the last sign of life says since when the books may not know.

CREATE TABLE database_life (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- The server's own number and its timeline: both survive a crash and a restart, neither a restore.
  identity text NOT NULL CHECK (char_length(identity) BETWEEN 1 AND 64),
  seen_at timestamptz NOT NULL
);
