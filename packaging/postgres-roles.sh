#!/bin/sh
# Runs once, inside an empty PostgreSQL of compose.yaml: makes the two roles of the centre, the one that owns the
# schema and the one that works and owns nothing. Their passwords are those of the addresses in the secrets.
set -eu

password_of() {
  sed -E 's#^[a-z]+://[^:]+:([^@]+)@.*$#\1#' "/run/secrets/$1"
}

psql --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname="$POSTGRES_DB" \
  --set=owner="$(password_of database-owner-url)" --set=app="$(password_of database-url)" \
  --set=name="$POSTGRES_DB" <<'SQL'
CREATE ROLE byfly_owner LOGIN PASSWORD :'owner';
CREATE ROLE byfly_app LOGIN PASSWORD :'app';
ALTER DATABASE :"name" OWNER TO byfly_owner;
SQL
