-- The name and password of a camera, sealed: they stood in its address, for whoever reads a copy of the database.
-- Addresses of before are taken apart by the centre at its start, which has the key.

ALTER TABLE terminals ADD COLUMN camera_login bytea;
