-- Which cells of a block a publication showed anew, or hid for their own sake: one row, with a bit for each measure of the sheet, where there was a row for each
-- measure. PublishedState keeps what was noted before, until the next run brings it over.
CREATE TABLE BlockState (
  BlockId INTEGER NOT NULL,
  Through INTEGER NOT NULL,
  Publication INTEGER NOT NULL,
  Shown INTEGER NOT NULL,
  LeftOutMarked INTEGER NOT NULL,
  Measures BLOB NOT NULL,
  CONSTRAINT PK_BlockState PRIMARY KEY (BlockId, Through, Publication, Shown)
) STRICT, WITHOUT ROWID;
