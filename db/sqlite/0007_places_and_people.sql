-- What the desk needs to keep places, clients and people by itself: closing a place, a client's number in the client
-- record system, representatives, moves, one-time links, the last change for undo, and what an import remembers.

-- The first day on which nobody can be placed there any more; NULL while it is open.
ALTER TABLE Place ADD ClosedOn TEXT NULL;

-- A client's number in the client record system: by it an import knows who is who. The number is keyed (HMAC) for looking up.
CREATE TABLE ClientNumber (
  ClientId TEXT NOT NULL,
  NumberHash TEXT NOT NULL,
  NumberSecret BLOB NOT NULL,
  CONSTRAINT FK_ClientNumber_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT PK_ClientNumber PRIMARY KEY (ClientId),
  CONSTRAINT UQ_ClientNumber_NumberHash UNIQUE (NumberHash)
) STRICT;

-- Who speaks for or with a client. A name and the relation, nothing that would be a second address book.
CREATE TABLE ClientRepresentative (
  ClientId TEXT NOT NULL,
  Position INTEGER NOT NULL,
  NameSecret BLOB NOT NULL,
  Relation TEXT NOT NULL,
  CONSTRAINT FK_ClientRepresentative_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT CK_ClientRepresentative_Relation CHECK (Relation IN ('parent', 'sibling', 'partner', 'child', 'family', 'friend', 'mentor', 'guardian', 'other')),
  CONSTRAINT PK_ClientRepresentative PRIMARY KEY (ClientId, Position)
) STRICT;

-- When a client went from one place to another. The Id is that of the change that moved the client.
CREATE TABLE ClientMove (
  Id TEXT NOT NULL,
  ClientId TEXT NOT NULL,
  FromPlaceId TEXT NOT NULL,
  ToPlaceId TEXT NOT NULL,
  MovedOn TEXT NOT NULL,
  CONSTRAINT FK_ClientMove_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_ClientMove_FromPlaceId FOREIGN KEY (FromPlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_ClientMove_ToPlaceId FOREIGN KEY (ToPlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_ClientMove PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_ClientMove_Client ON ClientMove (ClientId, MovedOn);

-- A one-time link with which somebody sets a password. CodeHash is SHA-256 of a random code.
CREATE TABLE Invitation (
  Id TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  CodeHash TEXT NOT NULL,
  MadeAt TEXT NOT NULL,
  ExpiresAt TEXT NOT NULL,
  UsedAt TEXT NULL,
  CONSTRAINT FK_Invitation_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_Invitation PRIMARY KEY (Id),
  CONSTRAINT UQ_Invitation_CodeHash UNIQUE (CodeHash)
) STRICT;
CREATE INDEX IX_Invitation_Person ON Invitation (PersonId, MadeAt);

-- What was changed at the desk, with how it was before, so that the last change can be undone. BeforeSecret is NULL where
-- the thing was not there before. BatchId ties what was changed together (an import).
CREATE TABLE DeskChange (
  Id TEXT NOT NULL,
  BatchId TEXT NULL,
  Subject TEXT NOT NULL,
  SubjectId TEXT NOT NULL,
  BeforeSecret BLOB NULL,
  MadeBy TEXT NULL,
  MadeAt TEXT NOT NULL,
  UndoneAt TEXT NULL,
  CONSTRAINT CK_DeskChange_Subject CHECK (Subject IN ('place', 'group', 'client', 'person')),
  CONSTRAINT FK_DeskChange_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT PK_DeskChange PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_DeskChange_Subject ON DeskChange (SubjectId, MadeAt);
CREATE INDEX IX_DeskChange_Batch ON DeskChange (BatchId, MadeAt);

-- Which column of a client list holds what: the heading as it stood in the file, upper case. Field is empty where it is passed over.
CREATE TABLE ImportColumn (
  Heading TEXT NOT NULL,
  Field TEXT NOT NULL,
  CONSTRAINT PK_ImportColumn PRIMARY KEY (Heading)
) STRICT;
