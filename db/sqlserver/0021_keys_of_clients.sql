-- What is kept about a client is under a key of that client, which lies outside the database: erasing the client destroys it, and with it
-- what older copies of the database hold.

-- Since when everything about the client is under that key; NULL: some of it may still be under the service's, and the key still has to be made.
ALTER TABLE Client ADD KeyedAt datetimeoffset(3) NULL;

-- A client who was erased: proof without the person, for Id stands for nothing any more. KeyGoneAt is NULL until the key is destroyed too.
CREATE TABLE ErasedClient (
  Id uniqueidentifier NOT NULL,
  ErasedAt datetimeoffset(3) NOT NULL,
  ErasedBy uniqueidentifier NULL,
  Reason varchar(20) NOT NULL,
  KeyGoneAt datetimeoffset(3) NULL,
  CONSTRAINT CK_ErasedClient_Reason CHECK (Reason IN ('time-is-over', 'undone')),
  CONSTRAINT FK_ErasedClient_ErasedBy FOREIGN KEY (ErasedBy) REFERENCES Person (Id),
  CONSTRAINT PK_ErasedClient PRIMARY KEY (Id)
);

-- Of clients whose adding was undone nothing is kept but that it was.
UPDATE DeskChange SET BeforeSecret = NULL WHERE Subject = 'client' AND NOT EXISTS (SELECT 1 FROM Client c WHERE c.Id = DeskChange.SubjectId);
