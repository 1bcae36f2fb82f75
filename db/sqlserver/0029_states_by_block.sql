-- Which cells of a block a publication showed anew, or hid for their own sake: one row, with a bit for each measure of the sheet, where there was a row for each
-- measure. PublishedState keeps what was noted before, until the next run brings it over.
CREATE TABLE BlockState (
  BlockId int NOT NULL,
  Through bigint NOT NULL,
  Publication int NOT NULL,
  Shown bit NOT NULL,
  LeftOutMarked bit NOT NULL,
  Measures varbinary(400) NOT NULL,
  CONSTRAINT PK_BlockState PRIMARY KEY (BlockId, Through, Publication, Shown)
);
