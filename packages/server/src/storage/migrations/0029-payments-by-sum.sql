-- Lists sorted by sum, and those of a range of sums, are read from an index: of ten million payments the first page took
-- the whole table.

CREATE INDEX payments_sum ON payments (original_tiyn, id);
