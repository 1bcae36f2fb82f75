-- A feed key can hold for several places.

-- The places of a key beside its first one (FeedKey.PlaceId); each opens everything below it as well.
CREATE TABLE FeedKeyPlace (
  KeyId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  CONSTRAINT FK_FeedKeyPlace_KeyId FOREIGN KEY (KeyId) REFERENCES FeedKey (Id),
  CONSTRAINT FK_FeedKeyPlace_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_FeedKeyPlace PRIMARY KEY (KeyId, PlaceId)
) STRICT;
