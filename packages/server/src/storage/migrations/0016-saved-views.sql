-- Views of the list of payments that members of staff keep for themselves: a name, and what the list is
-- narrowed by. They are nobody else's.

CREATE TABLE saved_views (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  admin_id integer NOT NULL REFERENCES admins,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
  -- As the query of the list has it.
  filters jsonb NOT NULL CHECK (jsonb_typeof(filters) = 'object'),
  CONSTRAINT saved_views_name_once UNIQUE (admin_id, name)
);
