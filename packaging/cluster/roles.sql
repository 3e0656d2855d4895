-- The centre's database: one role that owns the schema, one that the centre runs as and that owns nothing.
-- By psql, once, at the primary: -v owner_password=… -v app_password=…
\set ON_ERROR_STOP on
CREATE ROLE byfly_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE byfly_app LOGIN PASSWORD :'app_password';
CREATE DATABASE byfly OWNER byfly_owner;

-- What the centre asks for when it connects, PgBouncer does not pass on; a role's own settings it cannot lose.
ALTER ROLE byfly_app IN DATABASE byfly SET search_path = public;
ALTER ROLE byfly_app IN DATABASE byfly SET TimeZone = 'UTC';
ALTER ROLE byfly_app IN DATABASE byfly SET DateStyle = 'ISO';
ALTER ROLE byfly_app IN DATABASE byfly SET plan_cache_mode = force_generic_plan;
ALTER ROLE byfly_app IN DATABASE byfly SET statement_timeout = '15s';
ALTER ROLE byfly_app IN DATABASE byfly SET lock_timeout = '10s';
ALTER ROLE byfly_app IN DATABASE byfly SET idle_in_transaction_session_timeout = '30s';
