-- Where a place stood in the tree before: a region's figures of a month are of who belonged to it in that month. CountsFrom is the first
-- day of a month, and there is one row for it: from it on what is said at the place counts below ToParentId.
CREATE TABLE PlaceMove (
  Id uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  FromParentId uniqueidentifier NOT NULL,
  ToParentId uniqueidentifier NOT NULL,
  CountsFrom date NOT NULL,
  MovedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_PlaceMove_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_PlaceMove_FromParentId FOREIGN KEY (FromParentId) REFERENCES Place (Id),
  CONSTRAINT FK_PlaceMove_ToParentId FOREIGN KEY (ToParentId) REFERENCES Place (Id),
  CONSTRAINT PK_PlaceMove PRIMARY KEY (Id),
  CONSTRAINT UQ_PlaceMove_PlaceId UNIQUE (PlaceId, CountsFrom)
);
