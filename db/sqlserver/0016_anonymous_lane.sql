-- The anonymous lane: answers that nobody can turn back into a person. What is about a person here (a permission) has no answer, and
-- what has an answer has no person, no worker, no tablet and no time; between them stands a blind signature. Tables with answers have
-- no row numbers of their own: these would tell in which order things came in.
ALTER TABLE Choice ADD Anonymous bit NOT NULL DEFAULT 0;

-- With which key permissions are signed: one for a quarter, an instrument, a perspective, a group and a place. It says all that is known of an answer.
CREATE TABLE AnonymousKey (
  Id uniqueidentifier NOT NULL,
  Epoch varchar(7) NOT NULL,
  InstrumentId varchar(64) NOT NULL,
  Perspective varchar(20) NOT NULL,
  GroupId uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  KeySecret varbinary(max) NOT NULL,
  CONSTRAINT FK_AnonymousKey_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT FK_AnonymousKey_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT UQ_AnonymousKey UNIQUE (Epoch, InstrumentId, Perspective, GroupId, PlaceId),
  CONSTRAINT PK_AnonymousKey PRIMARY KEY (Id)
);

-- That somebody took part without a name: once in a quarter for an instrument and a perspective. The blinded text says nothing of what it becomes.
CREATE TABLE AnonymousPermission (
  Id uniqueidentifier NOT NULL,
  KeyId uniqueidentifier NOT NULL,
  Epoch varchar(7) NOT NULL,
  ChoiceId uniqueidentifier NOT NULL,
  ClientId uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  GroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(64) NOT NULL,
  InstrumentVersion varchar(20) NOT NULL,
  Perspective varchar(20) NOT NULL,
  GivenOn date NOT NULL,
  BlindedHash varchar(64) NOT NULL,
  CONSTRAINT FK_AnonymousPermission_KeyId FOREIGN KEY (KeyId) REFERENCES AnonymousKey (Id),
  CONSTRAINT FK_AnonymousPermission_ChoiceId FOREIGN KEY (ChoiceId) REFERENCES Choice (Id),
  CONSTRAINT FK_AnonymousPermission_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT UQ_AnonymousPermission UNIQUE (Epoch, InstrumentId, Perspective, ClientId),
  CONSTRAINT PK_AnonymousPermission PRIMARY KEY (Id)
);
CREATE INDEX IX_AnonymousPermission_ClientId ON AnonymousPermission (ClientId);

-- Which permissions were used. Nothing leads from here to an answer: no id, no time, no content.
CREATE TABLE AnonymousSpent (
  TokenHash varchar(64) NOT NULL,
  CONSTRAINT PK_AnonymousSpent PRIMARY KEY (TokenHash)
);

-- Answers that wait until enough others are there. At every arrival those of a key are all written anew, in another order, under other ids.
CREATE TABLE AnonymousPool (
  Id uniqueidentifier NOT NULL,
  KeyId uniqueidentifier NOT NULL,
  ContentSecret varbinary(max) NOT NULL,
  CONSTRAINT FK_AnonymousPool_KeyId FOREIGN KEY (KeyId) REFERENCES AnonymousKey (Id),
  CONSTRAINT PK_AnonymousPool PRIMARY KEY (Id)
);

-- Answers that were let go, several at once: of a month, a group, and a place large enough.
CREATE TABLE AnonymousConversation (
  Id uniqueidentifier NOT NULL,
  InstrumentId varchar(64) NOT NULL,
  InstrumentVersion varchar(20) NOT NULL,
  Perspective varchar(20) NOT NULL,
  GroupId uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  CountedOn date NOT NULL,
  CONSTRAINT FK_AnonymousConversation_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT FK_AnonymousConversation_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_AnonymousConversation PRIMARY KEY (Id)
);

CREATE TABLE AnonymousAnswer (
  AnonymousId uniqueidentifier NOT NULL,
  QuestionId varchar(64) NOT NULL,
  Position int NOT NULL,
  OptionCode varchar(64) NULL,
  Score float NULL,
  PassedOver bit NOT NULL,
  CONSTRAINT FK_AnonymousAnswer_AnonymousId FOREIGN KEY (AnonymousId) REFERENCES AnonymousConversation (Id),
  CONSTRAINT PK_AnonymousAnswer PRIMARY KEY (AnonymousId, QuestionId, Position)
);

CREATE TABLE AnonymousScore (
  AnonymousId uniqueidentifier NOT NULL,
  DomainId varchar(64) NOT NULL,
  Score float NOT NULL,
  CONSTRAINT FK_AnonymousScore_AnonymousId FOREIGN KEY (AnonymousId) REFERENCES AnonymousConversation (Id),
  CONSTRAINT PK_AnonymousScore PRIMARY KEY (AnonymousId, DomainId)
);
