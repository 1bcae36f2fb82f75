-- The anonymous lane: answers that nobody can turn back into a person. What is about a person here (a permission) has no answer, and
-- what has an answer has no person, no worker, no tablet and no time; between them stands a blind signature. Tables with answers have
-- no row numbers of their own: these would tell in which order things came in.
ALTER TABLE Choice ADD Anonymous INTEGER NOT NULL DEFAULT 0;

-- With which key permissions are signed: one for a quarter, an instrument, a perspective, a group and a place. It says all that is known of an answer.
CREATE TABLE AnonymousKey (
  Id TEXT NOT NULL,
  Epoch TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  KeySecret BLOB NOT NULL,
  CONSTRAINT FK_AnonymousKey_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT FK_AnonymousKey_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT UQ_AnonymousKey UNIQUE (Epoch, InstrumentId, Perspective, GroupId, PlaceId),
  CONSTRAINT PK_AnonymousKey PRIMARY KEY (Id)
) STRICT;

-- That somebody took part without a name: once in a quarter for an instrument and a perspective. The blinded text says nothing of what it becomes.
CREATE TABLE AnonymousPermission (
  Id TEXT NOT NULL,
  KeyId TEXT NOT NULL,
  Epoch TEXT NOT NULL,
  ChoiceId TEXT NOT NULL,
  ClientId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  InstrumentVersion TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  GivenOn TEXT NOT NULL,
  BlindedHash TEXT NOT NULL,
  CONSTRAINT FK_AnonymousPermission_KeyId FOREIGN KEY (KeyId) REFERENCES AnonymousKey (Id),
  CONSTRAINT FK_AnonymousPermission_ChoiceId FOREIGN KEY (ChoiceId) REFERENCES Choice (Id),
  CONSTRAINT FK_AnonymousPermission_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT UQ_AnonymousPermission UNIQUE (Epoch, InstrumentId, Perspective, ClientId),
  CONSTRAINT PK_AnonymousPermission PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_AnonymousPermission_ClientId ON AnonymousPermission (ClientId);

-- Which permissions were used. Nothing leads from here to an answer: no id, no time, no content.
CREATE TABLE AnonymousSpent (
  TokenHash TEXT NOT NULL,
  CONSTRAINT PK_AnonymousSpent PRIMARY KEY (TokenHash)
) STRICT, WITHOUT ROWID;

-- Answers that wait until enough others are there. At every arrival those of a key are all written anew, in another order, under other ids.
CREATE TABLE AnonymousPool (
  Id TEXT NOT NULL,
  KeyId TEXT NOT NULL,
  ContentSecret BLOB NOT NULL,
  CONSTRAINT FK_AnonymousPool_KeyId FOREIGN KEY (KeyId) REFERENCES AnonymousKey (Id),
  CONSTRAINT PK_AnonymousPool PRIMARY KEY (Id)
) STRICT, WITHOUT ROWID;

-- Answers that were let go, several at once: of a month, a group, and a place large enough.
CREATE TABLE AnonymousConversation (
  Id TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  InstrumentVersion TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  CountedOn TEXT NOT NULL,
  CONSTRAINT FK_AnonymousConversation_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT FK_AnonymousConversation_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_AnonymousConversation PRIMARY KEY (Id)
) STRICT, WITHOUT ROWID;

CREATE TABLE AnonymousAnswer (
  AnonymousId TEXT NOT NULL,
  QuestionId TEXT NOT NULL,
  Position INTEGER NOT NULL,
  OptionCode TEXT NULL,
  Score REAL NULL,
  PassedOver INTEGER NOT NULL,
  CONSTRAINT FK_AnonymousAnswer_AnonymousId FOREIGN KEY (AnonymousId) REFERENCES AnonymousConversation (Id),
  CONSTRAINT PK_AnonymousAnswer PRIMARY KEY (AnonymousId, QuestionId, Position)
) STRICT, WITHOUT ROWID;

CREATE TABLE AnonymousScore (
  AnonymousId TEXT NOT NULL,
  DomainId TEXT NOT NULL,
  Score REAL NOT NULL,
  CONSTRAINT FK_AnonymousScore_AnonymousId FOREIGN KEY (AnonymousId) REFERENCES AnonymousConversation (Id),
  CONSTRAINT PK_AnonymousScore PRIMARY KEY (AnonymousId, DomainId)
) STRICT, WITHOUT ROWID;
