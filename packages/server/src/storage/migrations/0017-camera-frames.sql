-- What the camera before each terminal saw last, and where it missed a QR that was waited for: small pictures
-- that the centre drew itself, a few for each terminal. No payment reads or waits for any of this.

CREATE TABLE camera_frames (
  terminal_id integer PRIMARY KEY REFERENCES terminals,
  -- What the last look came to, with or without a picture.
  outcome text NOT NULL CHECK (outcome IN ('read', 'nothing', 'foreign', 'camera_failed')),
  looked_at timestamptz NOT NULL,
  -- The last picture: of the payment that was on the screen, if one was.
  payment_id uuid,
  facts jsonb,
  picture bytea CHECK (octet_length(picture) <= 65536),
  seen_at timestamptz,
  CONSTRAINT camera_frames_picture_whole
    CHECK (num_nulls(facts, picture, seen_at) IN (0, 3) AND (picture IS NOT NULL OR payment_id IS NULL))
);

CREATE TABLE camera_misses (
  id uuid PRIMARY KEY DEFAULT new_id(),
  terminal_id integer NOT NULL REFERENCES terminals,
  payment_id uuid,
  at timestamptz NOT NULL DEFAULT centre_now(),
  reason text NOT NULL CHECK (
    reason IN ('camera_failed', 'foreign', 'no_code', 'too_dark', 'too_bright', 'blurred')),
  facts jsonb,
  picture bytea CHECK (octet_length(picture) <= 65536),
  CONSTRAINT camera_misses_picture_whole CHECK ((facts IS NULL) = (picture IS NULL))
);
CREATE INDEX camera_misses_of_terminal ON camera_misses (terminal_id, id DESC);
