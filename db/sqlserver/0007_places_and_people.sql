-- What the desk needs to keep places, clients and people by itself: closing a place, a client's number in the client
-- record system, representatives, moves, one-time links, the last change for undo, and what an import remembers.

-- The first day on which nobody can be placed there any more; NULL while it is open.
ALTER TABLE Place ADD ClosedOn date NULL;

-- A client's number in the client record system: by it an import knows who is who. The number is keyed (HMAC) for looking up.
CREATE TABLE ClientNumber (
  ClientId uniqueidentifier NOT NULL,
  NumberHash varchar(64) NOT NULL,
  NumberSecret varbinary(max) NOT NULL,
  CONSTRAINT FK_ClientNumber_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT PK_ClientNumber PRIMARY KEY (ClientId),
  CONSTRAINT UQ_ClientNumber_NumberHash UNIQUE (NumberHash)
);

-- Who speaks for or with a client. A name and the relation, nothing that would be a second address book.
CREATE TABLE ClientRepresentative (
  ClientId uniqueidentifier NOT NULL,
  Position int NOT NULL,
  NameSecret varbinary(max) NOT NULL,
  Relation varchar(20) NOT NULL,
  CONSTRAINT FK_ClientRepresentative_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT CK_ClientRepresentative_Relation CHECK (Relation IN ('parent', 'sibling', 'partner', 'child', 'family', 'friend', 'mentor', 'guardian', 'other')),
  CONSTRAINT PK_ClientRepresentative PRIMARY KEY (ClientId, Position)
);

-- When a client went from one place to another. The Id is that of the change that moved the client.
CREATE TABLE ClientMove (
  Id uniqueidentifier NOT NULL,
  ClientId uniqueidentifier NOT NULL,
  FromPlaceId uniqueidentifier NOT NULL,
  ToPlaceId uniqueidentifier NOT NULL,
  MovedOn date NOT NULL,
  CONSTRAINT FK_ClientMove_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_ClientMove_FromPlaceId FOREIGN KEY (FromPlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_ClientMove_ToPlaceId FOREIGN KEY (ToPlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_ClientMove PRIMARY KEY (Id)
);
CREATE INDEX IX_ClientMove_Client ON ClientMove (ClientId, MovedOn);

-- A one-time link with which somebody sets a password. CodeHash is SHA-256 of a random code.
CREATE TABLE Invitation (
  Id uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  CodeHash varchar(64) NOT NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  ExpiresAt datetimeoffset(3) NOT NULL,
  UsedAt datetimeoffset(3) NULL,
  CONSTRAINT FK_Invitation_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_Invitation PRIMARY KEY (Id),
  CONSTRAINT UQ_Invitation_CodeHash UNIQUE (CodeHash)
);
CREATE INDEX IX_Invitation_Person ON Invitation (PersonId, MadeAt);

-- What was changed at the desk, with how it was before, so that the last change can be undone. BeforeSecret is NULL where
-- the thing was not there before. BatchId ties what was changed together (an import).
CREATE TABLE DeskChange (
  Id uniqueidentifier NOT NULL,
  BatchId uniqueidentifier NULL,
  Subject varchar(20) NOT NULL,
  SubjectId uniqueidentifier NOT NULL,
  BeforeSecret varbinary(max) NULL,
  MadeBy uniqueidentifier NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  UndoneAt datetimeoffset(3) NULL,
  CONSTRAINT CK_DeskChange_Subject CHECK (Subject IN ('place', 'group', 'client', 'person')),
  CONSTRAINT FK_DeskChange_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT PK_DeskChange PRIMARY KEY (Id)
);
CREATE INDEX IX_DeskChange_Subject ON DeskChange (SubjectId, MadeAt);
CREATE INDEX IX_DeskChange_Batch ON DeskChange (BatchId, MadeAt);

-- Which column of a client list holds what: the heading as it stood in the file, upper case. Field is empty where it is passed over.
CREATE TABLE ImportColumn (
  Heading nvarchar(200) NOT NULL,
  Field varchar(40) NOT NULL,
  CONSTRAINT PK_ImportColumn PRIMARY KEY (Heading)
);
