-- The first schema: places, clients, choices, conversations, publications, people and keys.
-- Free text and names are encrypted before they come here: columns ending in Secret hold cipher text.

-- A place in the tree organisation > region > location > team. A place's name is not personal data.
CREATE TABLE Place (
  Id TEXT NOT NULL,
  ParentId TEXT NULL,
  Kind TEXT NOT NULL,
  Name TEXT NOT NULL,
  SmallestGroup INTEGER NULL,
  CONSTRAINT FK_Place_ParentId FOREIGN KEY (ParentId) REFERENCES Place (Id),
  CONSTRAINT CK_Place_Kind CHECK (Kind IN ('organisation', 'region', 'location', 'team')),
  CONSTRAINT PK_Place PRIMARY KEY (Id)
) STRICT;

-- Every pair of a place and a place above it (itself included), so that a scope is one join.
CREATE TABLE PlaceTree (
  AncestorId TEXT NOT NULL,
  DescendantId TEXT NOT NULL,
  Depth INTEGER NOT NULL,
  CONSTRAINT FK_PlaceTree_AncestorId FOREIGN KEY (AncestorId) REFERENCES Place (Id),
  CONSTRAINT FK_PlaceTree_DescendantId FOREIGN KEY (DescendantId) REFERENCES Place (Id),
  CONSTRAINT PK_PlaceTree PRIMARY KEY (AncestorId, DescendantId)
) STRICT;
CREATE INDEX IX_PlaceTree_Descendant ON PlaceTree (DescendantId, AncestorId);

-- People counted together. Profile columns hold codes parted by spaces.
CREATE TABLE ClientGroup (
  Id TEXT NOT NULL,
  Code TEXT NOT NULL,
  NameNl TEXT NOT NULL,
  NameEn TEXT NOT NULL,
  Law TEXT NOT NULL,
  Communication TEXT NOT NULL,
  Disability TEXT NOT NULL,
  Setting TEXT NOT NULL,
  CONSTRAINT CK_ClientGroup_Law CHECK (Law IN ('wlz', 'wmo', 'zvw', 'jeugdwet', 'pgb')),
  CONSTRAINT PK_ClientGroup PRIMARY KEY (Id),
  CONSTRAINT UQ_ClientGroup_Code UNIQUE (Code)
) STRICT;

-- A member of staff who can sign in. EmailHash is keyed (HMAC), for looking up.
CREATE TABLE Person (
  Id TEXT NOT NULL,
  EmailHash TEXT NOT NULL,
  EmailSecret BLOB NOT NULL,
  NameSecret BLOB NOT NULL,
  Role TEXT NOT NULL,
  PasswordHash TEXT NOT NULL,
  SecurityStamp TEXT NOT NULL,
  IsDemo INTEGER NOT NULL,
  DisabledAt TEXT NULL,
  CONSTRAINT CK_Person_Role CHECK (Role IN ('support-worker', 'observer', 'team-leader', 'quality-officer', 'administrator', 'privacy-officer')),
  CONSTRAINT PK_Person PRIMARY KEY (Id),
  CONSTRAINT UQ_Person_EmailHash UNIQUE (EmailHash)
) STRICT;

CREATE TABLE PersonScope (
  PersonId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  CONSTRAINT FK_PersonScope_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT FK_PersonScope_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_PersonScope PRIMARY KEY (PersonId, PlaceId)
) STRICT;

-- A key for BI tools, independent of people. KeyHash is SHA-256 of a random 256-bit key.
CREATE TABLE FeedKey (
  Id TEXT NOT NULL,
  Name TEXT NOT NULL,
  KeyHash TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  IsDemo INTEGER NOT NULL,
  CreatedAt TEXT NOT NULL,
  ExpiresAt TEXT NULL,
  RevokedAt TEXT NULL,
  LastUsedAt TEXT NULL,
  CONSTRAINT FK_FeedKey_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_FeedKey PRIMARY KEY (Id),
  CONSTRAINT UQ_FeedKey_KeyHash UNIQUE (KeyHash)
) STRICT;

-- Keys of the service itself (look-up hash, receipt signature), wrapped by Data Protection.
CREATE TABLE ServiceKey (
  Id TEXT NOT NULL,
  Purpose TEXT NOT NULL,
  KeySecret BLOB NOT NULL,
  CreatedAt TEXT NOT NULL,
  CONSTRAINT PK_ServiceKey PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_ServiceKey_Purpose ON ServiceKey (Purpose, CreatedAt);

-- A client, with the least data that is used.
CREATE TABLE Client (
  Id TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  NameSecret BLOB NOT NULL,
  ShortNameSecret BLOB NOT NULL,
  YearOfBirth INTEGER NULL,
  Communication TEXT NOT NULL,
  RegularWorkerId TEXT NULL,
  FromOn TEXT NOT NULL,
  UntilOn TEXT NULL,
  CONSTRAINT FK_Client_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_Client_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT CK_Client_Communication CHECK (Communication IN ('speaks', 'speaks-with-support', 'pictures', 'non-verbal')),
  CONSTRAINT FK_Client_RegularWorkerId FOREIGN KEY (RegularWorkerId) REFERENCES Person (Id),
  CONSTRAINT PK_Client PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_Client_Place ON Client (PlaceId, GroupId);
CREATE INDEX IX_Client_Group ON Client (GroupId, PlaceId);

-- Every published version of every instrument ever loaded: the bundle that was served and its hash.
CREATE TABLE InstrumentVersion (
  InstrumentId TEXT NOT NULL,
  Version TEXT NOT NULL,
  Sha256 TEXT NOT NULL,
  Bundle TEXT NOT NULL,
  FirstSeenAt TEXT NOT NULL,
  CONSTRAINT PK_InstrumentVersion PRIMARY KEY (InstrumentId, Version)
) STRICT;

-- Which instrument a group is asked with, in which period. Rows are ended, never changed: history stays.
CREATE TABLE Choice (
  Id TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  FromOn TEXT NOT NULL,
  UntilOn TEXT NULL,
  EveryMonths INTEGER NOT NULL,
  Perspective TEXT NOT NULL,
  MinimumObservers INTEGER NOT NULL,
  RegularWorkerMayLead INTEGER NOT NULL,
  ReasonSecret BLOB NULL,
  MadeBy TEXT NULL,
  MadeAt TEXT NOT NULL,
  CONSTRAINT FK_Choice_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT CK_Choice_Perspective CHECK (Perspective IN ('client', 'relative', 'worker', 'observer', 'team')),
  CONSTRAINT FK_Choice_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT PK_Choice PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_Choice_Group ON Choice (GroupId, FromOn);

-- A held, stopped or refused conversation. Place and group are those of that day.
CREATE TABLE Conversation (
  Id TEXT NOT NULL,
  ChoiceId TEXT NULL,
  ClientId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  InstrumentVersion TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  Outcome TEXT NOT NULL,
  HeldOn TEXT NOT NULL,
  StartedAt TEXT NOT NULL,
  EndedAt TEXT NOT NULL,
  ReceivedAt TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  ConductorRelation TEXT NOT NULL,
  QuotesAllowed INTEGER NOT NULL,
  ContentHash TEXT NOT NULL,
  DocumentSecret BLOB NOT NULL,
  CONSTRAINT FK_Conversation_ChoiceId FOREIGN KEY (ChoiceId) REFERENCES Choice (Id),
  CONSTRAINT FK_Conversation_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_Conversation_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_Conversation_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT CK_Conversation_Perspective CHECK (Perspective IN ('client', 'relative', 'worker', 'observer', 'team')),
  CONSTRAINT CK_Conversation_Outcome CHECK (Outcome IN ('finished', 'refused', 'stopped')),
  CONSTRAINT FK_Conversation_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_Conversation_ConductorRelation CHECK (ConductorRelation IN ('regular-worker', 'other-worker', 'interviewer', 'relative', 'none')),
  CONSTRAINT PK_Conversation PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_Conversation_Client ON Conversation (ClientId, HeldOn);
CREATE INDEX IX_Conversation_Group ON Conversation (GroupId, HeldOn);

-- An answer in typed columns, so that SQL can count; text only as cipher text.
CREATE TABLE Answer (
  ConversationId TEXT NOT NULL,
  QuestionId TEXT NOT NULL,
  Position INTEGER NOT NULL,
  OptionCode TEXT NULL,
  NumberValue REAL NULL,
  TextSecret BLOB NULL,
  Score REAL NULL,
  PassedOver INTEGER NOT NULL,
  WordsSecret BLOB NULL,
  CONSTRAINT FK_Answer_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT PK_Answer PRIMARY KEY (ConversationId, QuestionId, Position)
) STRICT;

-- The score 0-100 of each of the instrument's domains that could be scored, as scored at receipt.
CREATE TABLE DomainScore (
  ConversationId TEXT NOT NULL,
  DomainId TEXT NOT NULL,
  Score REAL NOT NULL,
  CONSTRAINT FK_DomainScore_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT PK_DomainScore PRIMARY KEY (ConversationId, DomainId)
) STRICT;

-- What was agreed, by whom, when we come back to it, and whether the client was told.
CREATE TABLE Agreement (
  Id TEXT NOT NULL,
  ConversationId TEXT NOT NULL,
  ClientId TEXT NOT NULL,
  Position INTEGER NOT NULL,
  WhatSecret BLOB NOT NULL,
  Who TEXT NOT NULL,
  NameSecret BLOB NULL,
  DueOn TEXT NULL,
  DoneAt TEXT NULL,
  ToldBackAt TEXT NULL,
  CONSTRAINT FK_Agreement_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT FK_Agreement_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT CK_Agreement_Who CHECK (Who IN ('client', 'worker', 'relative', 'other')),
  CONSTRAINT PK_Agreement PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_Agreement_Client ON Agreement (ClientId, DueOn);
CREATE INDEX IX_Agreement_Conversation ON Agreement (ConversationId, Position);

-- Every run of every job, with its progress, for the page and for taking up again.
CREATE TABLE JobRun (
  Id TEXT NOT NULL,
  Job TEXT NOT NULL,
  StartedAt TEXT NOT NULL,
  SeenAt TEXT NOT NULL,
  EndedAt TEXT NULL,
  State TEXT NOT NULL,
  Done INTEGER NOT NULL,
  Total INTEGER NOT NULL,
  Message TEXT NULL,
  CONSTRAINT CK_JobRun_State CHECK (State IN ('running', 'done', 'failed')),
  CONSTRAINT PK_JobRun PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_JobRun_Job ON JobRun (Job, StartedAt);

-- What the aggregation has not seen yet; written in the transaction that changed the answers.
CREATE TABLE OutcomeChange (
  Sequence INTEGER NOT NULL CONSTRAINT PK_OutcomeChange PRIMARY KEY AUTOINCREMENT,
  ConversationId TEXT NOT NULL,
  ChangedAt TEXT NOT NULL
) STRICT;

-- One whole publication: readers see one or the other, never half of one.
CREATE TABLE Publication (
  Number INTEGER NOT NULL,
  MadeAt TEXT NOT NULL,
  ThroughSequence INTEGER NOT NULL,
  Sha256 TEXT NOT NULL,
  Cells INTEGER NOT NULL,
  HiddenCells INTEGER NOT NULL,
  IsCurrent INTEGER NOT NULL,
  CONSTRAINT PK_Publication PRIMARY KEY (Number)
) STRICT;

CREATE TABLE PublishedPlace (
  Publication INTEGER NOT NULL,
  Id TEXT NOT NULL,
  ParentId TEXT NULL,
  Kind TEXT NOT NULL,
  Name TEXT NOT NULL,
  CONSTRAINT PK_PublishedPlace PRIMARY KEY (Publication, Id)
) STRICT;

CREATE TABLE PublishedClientGroup (
  Publication INTEGER NOT NULL,
  Id TEXT NOT NULL,
  Code TEXT NOT NULL,
  NameNl TEXT NOT NULL,
  NameEn TEXT NOT NULL,
  Law TEXT NOT NULL,
  CONSTRAINT PK_PublishedClientGroup PRIMARY KEY (Publication, Id)
) STRICT;

CREATE TABLE PublishedInstrument (
  Publication INTEGER NOT NULL,
  Id TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Version TEXT NOT NULL,
  Kind TEXT NOT NULL,
  TitleNl TEXT NOT NULL,
  TitleEn TEXT NOT NULL,
  CONSTRAINT PK_PublishedInstrument PRIMARY KEY (Publication, Id)
) STRICT;

CREATE TABLE PublishedMeasure (
  Publication INTEGER NOT NULL,
  Id TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Code TEXT NOT NULL,
  TextNl TEXT NOT NULL,
  TextEn TEXT NOT NULL,
  SharedDomain TEXT NULL,
  WishOf TEXT NULL,
  Position INTEGER NOT NULL,
  CONSTRAINT PK_PublishedMeasure PRIMARY KEY (Publication, Id)
) STRICT;

CREATE TABLE PublishedPeriod (
  Publication INTEGER NOT NULL,
  Id TEXT NOT NULL,
  Kind TEXT NOT NULL,
  FromOn TEXT NOT NULL,
  UntilOn TEXT NOT NULL,
  CONSTRAINT PK_PublishedPeriod PRIMARY KEY (Publication, Id)
) STRICT;

-- A cell: how many people, and their scores. Figures are NULL where the cell is hidden.
CREATE TABLE PublishedOutcome (
  Publication INTEGER NOT NULL,
  Id INTEGER NOT NULL,
  PeriodId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  ClientGroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  MeasureId TEXT NOT NULL,
  Respondents INTEGER NULL,
  ScoreSum REAL NULL,
  Mean REAL NULL,
  StandardDeviation REAL NULL,
  IntervalLow REAL NULL,
  IntervalHigh REAL NULL,
  Suppressed INTEGER NOT NULL,
  SuppressionReason TEXT NULL,
  CONSTRAINT PK_PublishedOutcome PRIMARY KEY (Publication, Id)
) STRICT;
CREATE INDEX IX_PublishedOutcome_Group ON PublishedOutcome (Publication, ClientGroupId, PeriodId, PlaceId);

-- How many people chose each option of a question.
CREATE TABLE PublishedDistribution (
  Publication INTEGER NOT NULL,
  Id INTEGER NOT NULL,
  PeriodId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  ClientGroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  MeasureId TEXT NOT NULL,
  OptionCode TEXT NOT NULL,
  OptionTextNl TEXT NOT NULL,
  OptionTextEn TEXT NOT NULL,
  Position INTEGER NOT NULL,
  People INTEGER NULL,
  Share REAL NULL,
  Suppressed INTEGER NOT NULL,
  SuppressionReason TEXT NULL,
  CONSTRAINT PK_PublishedDistribution PRIMARY KEY (Publication, Id)
) STRICT;
CREATE INDEX IX_PublishedDistribution_Group ON PublishedDistribution (Publication, ClientGroupId, PeriodId, PlaceId);

-- Who was asked and who took part, beside every figure.
CREATE TABLE PublishedParticipation (
  Publication INTEGER NOT NULL,
  Id INTEGER NOT NULL,
  PeriodId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  ClientGroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  Invited INTEGER NULL,
  Held INTEGER NULL,
  Refused INTEGER NULL,
  Stopped INTEGER NULL,
  ResponseRate REAL NULL,
  Suppressed INTEGER NOT NULL,
  SuppressionReason TEXT NULL,
  CONSTRAINT PK_PublishedParticipation PRIMARY KEY (Publication, Id)
) STRICT;
CREATE INDEX IX_PublishedParticipation_Group ON PublishedParticipation (Publication, ClientGroupId, PeriodId, PlaceId);
