-- The first schema: places, clients, choices, conversations, publications, people and keys.
-- Free text and names are encrypted before they come here: columns ending in Secret hold cipher text.

-- A place in the tree organisation > region > location > team. A place's name is not personal data.
CREATE TABLE Place (
  Id uniqueidentifier NOT NULL,
  ParentId uniqueidentifier NULL,
  Kind varchar(20) NOT NULL,
  Name nvarchar(200) NOT NULL,
  SmallestGroup int NULL,
  CONSTRAINT FK_Place_ParentId FOREIGN KEY (ParentId) REFERENCES Place (Id),
  CONSTRAINT CK_Place_Kind CHECK (Kind IN ('organisation', 'region', 'location', 'team')),
  CONSTRAINT PK_Place PRIMARY KEY (Id)
);

-- Every pair of a place and a place above it (itself included), so that a scope is one join.
CREATE TABLE PlaceTree (
  AncestorId uniqueidentifier NOT NULL,
  DescendantId uniqueidentifier NOT NULL,
  Depth int NOT NULL,
  CONSTRAINT FK_PlaceTree_AncestorId FOREIGN KEY (AncestorId) REFERENCES Place (Id),
  CONSTRAINT FK_PlaceTree_DescendantId FOREIGN KEY (DescendantId) REFERENCES Place (Id),
  CONSTRAINT PK_PlaceTree PRIMARY KEY (AncestorId, DescendantId)
);
CREATE INDEX IX_PlaceTree_Descendant ON PlaceTree (DescendantId, AncestorId);

-- People counted together. Profile columns hold codes parted by spaces.
CREATE TABLE ClientGroup (
  Id uniqueidentifier NOT NULL,
  Code varchar(40) NOT NULL,
  NameNl nvarchar(200) NOT NULL,
  NameEn nvarchar(200) NOT NULL,
  Law varchar(20) NOT NULL,
  Communication varchar(200) NOT NULL,
  Disability varchar(200) NOT NULL,
  Setting varchar(200) NOT NULL,
  CONSTRAINT CK_ClientGroup_Law CHECK (Law IN ('wlz', 'wmo', 'zvw', 'jeugdwet', 'pgb')),
  CONSTRAINT PK_ClientGroup PRIMARY KEY (Id),
  CONSTRAINT UQ_ClientGroup_Code UNIQUE (Code)
);

-- A member of staff who can sign in. EmailHash is keyed (HMAC), for looking up.
CREATE TABLE Person (
  Id uniqueidentifier NOT NULL,
  EmailHash varchar(64) NOT NULL,
  EmailSecret varbinary(max) NOT NULL,
  NameSecret varbinary(max) NOT NULL,
  Role varchar(20) NOT NULL,
  PasswordHash varchar(200) NOT NULL,
  SecurityStamp varchar(64) NOT NULL,
  IsDemo bit NOT NULL,
  DisabledAt datetimeoffset(3) NULL,
  CONSTRAINT CK_Person_Role CHECK (Role IN ('support-worker', 'observer', 'team-leader', 'quality-officer', 'administrator', 'privacy-officer')),
  CONSTRAINT PK_Person PRIMARY KEY (Id),
  CONSTRAINT UQ_Person_EmailHash UNIQUE (EmailHash)
);

CREATE TABLE PersonScope (
  PersonId uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  CONSTRAINT FK_PersonScope_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT FK_PersonScope_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_PersonScope PRIMARY KEY (PersonId, PlaceId)
);

-- A key for BI tools, independent of people. KeyHash is SHA-256 of a random 256-bit key.
CREATE TABLE FeedKey (
  Id uniqueidentifier NOT NULL,
  Name nvarchar(100) NOT NULL,
  KeyHash varchar(64) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  IsDemo bit NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  ExpiresAt datetimeoffset(3) NULL,
  RevokedAt datetimeoffset(3) NULL,
  LastUsedAt datetimeoffset(3) NULL,
  CONSTRAINT FK_FeedKey_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT PK_FeedKey PRIMARY KEY (Id),
  CONSTRAINT UQ_FeedKey_KeyHash UNIQUE (KeyHash)
);

-- Keys of the service itself (look-up hash, receipt signature), wrapped by Data Protection.
CREATE TABLE ServiceKey (
  Id varchar(64) NOT NULL,
  Purpose varchar(40) NOT NULL,
  KeySecret varbinary(max) NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_ServiceKey PRIMARY KEY (Id)
);
CREATE INDEX IX_ServiceKey_Purpose ON ServiceKey (Purpose, CreatedAt);

-- A client, with the least data that is used.
CREATE TABLE Client (
  Id uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  GroupId uniqueidentifier NOT NULL,
  NameSecret varbinary(max) NOT NULL,
  ShortNameSecret varbinary(max) NOT NULL,
  YearOfBirth int NULL,
  Communication varchar(40) NOT NULL,
  RegularWorkerId uniqueidentifier NULL,
  FromOn date NOT NULL,
  UntilOn date NULL,
  CONSTRAINT FK_Client_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_Client_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT CK_Client_Communication CHECK (Communication IN ('speaks', 'speaks-with-support', 'pictures', 'non-verbal')),
  CONSTRAINT FK_Client_RegularWorkerId FOREIGN KEY (RegularWorkerId) REFERENCES Person (Id),
  CONSTRAINT PK_Client PRIMARY KEY (Id)
);
CREATE INDEX IX_Client_Place ON Client (PlaceId, GroupId);
CREATE INDEX IX_Client_Group ON Client (GroupId, PlaceId);

-- Every published version of every instrument ever loaded: the bundle that was served and its hash.
CREATE TABLE InstrumentVersion (
  InstrumentId varchar(64) NOT NULL,
  Version varchar(20) NOT NULL,
  Sha256 varchar(64) NOT NULL,
  Bundle nvarchar(max) NOT NULL,
  FirstSeenAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_InstrumentVersion PRIMARY KEY (InstrumentId, Version)
);

-- Which instrument a group is asked with, in which period. Rows are ended, never changed: history stays.
CREATE TABLE Choice (
  Id uniqueidentifier NOT NULL,
  GroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(64) NOT NULL,
  FromOn date NOT NULL,
  UntilOn date NULL,
  EveryMonths int NOT NULL,
  Perspective varchar(20) NOT NULL,
  MinimumObservers int NOT NULL,
  RegularWorkerMayLead bit NOT NULL,
  ReasonSecret varbinary(max) NULL,
  MadeBy uniqueidentifier NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_Choice_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT CK_Choice_Perspective CHECK (Perspective IN ('client', 'relative', 'worker', 'observer', 'team')),
  CONSTRAINT FK_Choice_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT PK_Choice PRIMARY KEY (Id)
);
CREATE INDEX IX_Choice_Group ON Choice (GroupId, FromOn);

-- A held, stopped or refused conversation. Place and group are those of that day.
CREATE TABLE Conversation (
  Id uniqueidentifier NOT NULL,
  ChoiceId uniqueidentifier NULL,
  ClientId uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  GroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(64) NOT NULL,
  InstrumentVersion varchar(20) NOT NULL,
  Perspective varchar(20) NOT NULL,
  Outcome varchar(20) NOT NULL,
  HeldOn date NOT NULL,
  StartedAt datetimeoffset(3) NOT NULL,
  EndedAt datetimeoffset(3) NOT NULL,
  ReceivedAt datetimeoffset(3) NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  ConductorRelation varchar(20) NOT NULL,
  QuotesAllowed bit NOT NULL,
  ContentHash varchar(64) NOT NULL,
  DocumentSecret varbinary(max) NOT NULL,
  CONSTRAINT FK_Conversation_ChoiceId FOREIGN KEY (ChoiceId) REFERENCES Choice (Id),
  CONSTRAINT FK_Conversation_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_Conversation_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_Conversation_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT CK_Conversation_Perspective CHECK (Perspective IN ('client', 'relative', 'worker', 'observer', 'team')),
  CONSTRAINT CK_Conversation_Outcome CHECK (Outcome IN ('finished', 'refused', 'stopped')),
  CONSTRAINT FK_Conversation_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_Conversation_ConductorRelation CHECK (ConductorRelation IN ('regular-worker', 'other-worker', 'interviewer', 'relative', 'none')),
  CONSTRAINT PK_Conversation PRIMARY KEY (Id)
);
CREATE INDEX IX_Conversation_Client ON Conversation (ClientId, HeldOn);
CREATE INDEX IX_Conversation_Group ON Conversation (GroupId, HeldOn);

-- An answer in typed columns, so that SQL can count; text only as cipher text.
CREATE TABLE Answer (
  ConversationId uniqueidentifier NOT NULL,
  QuestionId varchar(64) NOT NULL,
  Position int NOT NULL,
  OptionCode varchar(64) NULL,
  NumberValue float NULL,
  TextSecret varbinary(max) NULL,
  Score float NULL,
  PassedOver bit NOT NULL,
  WordsSecret varbinary(max) NULL,
  CONSTRAINT FK_Answer_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT PK_Answer PRIMARY KEY (ConversationId, QuestionId, Position)
);

-- The score 0-100 of each of the instrument's domains that could be scored, as scored at receipt.
CREATE TABLE DomainScore (
  ConversationId uniqueidentifier NOT NULL,
  DomainId varchar(64) NOT NULL,
  Score float NOT NULL,
  CONSTRAINT FK_DomainScore_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT PK_DomainScore PRIMARY KEY (ConversationId, DomainId)
);

-- What was agreed, by whom, when we come back to it, and whether the client was told.
CREATE TABLE Agreement (
  Id uniqueidentifier NOT NULL,
  ConversationId uniqueidentifier NOT NULL,
  ClientId uniqueidentifier NOT NULL,
  Position int NOT NULL,
  WhatSecret varbinary(max) NOT NULL,
  Who varchar(20) NOT NULL,
  NameSecret varbinary(max) NULL,
  DueOn date NULL,
  DoneAt datetimeoffset(3) NULL,
  ToldBackAt datetimeoffset(3) NULL,
  CONSTRAINT FK_Agreement_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT FK_Agreement_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT CK_Agreement_Who CHECK (Who IN ('client', 'worker', 'relative', 'other')),
  CONSTRAINT PK_Agreement PRIMARY KEY (Id)
);
CREATE INDEX IX_Agreement_Client ON Agreement (ClientId, DueOn);
CREATE INDEX IX_Agreement_Conversation ON Agreement (ConversationId, Position);

-- Every run of every job, with its progress, for the page and for taking up again.
CREATE TABLE JobRun (
  Id uniqueidentifier NOT NULL,
  Job varchar(60) NOT NULL,
  StartedAt datetimeoffset(3) NOT NULL,
  SeenAt datetimeoffset(3) NOT NULL,
  EndedAt datetimeoffset(3) NULL,
  State varchar(20) NOT NULL,
  Done int NOT NULL,
  Total int NOT NULL,
  Message nvarchar(1000) NULL,
  CONSTRAINT CK_JobRun_State CHECK (State IN ('running', 'done', 'failed')),
  CONSTRAINT PK_JobRun PRIMARY KEY (Id)
);
CREATE INDEX IX_JobRun_Job ON JobRun (Job, StartedAt);

-- What the aggregation has not seen yet; written in the transaction that changed the answers.
CREATE TABLE OutcomeChange (
  Sequence bigint IDENTITY(1,1) NOT NULL CONSTRAINT PK_OutcomeChange PRIMARY KEY,
  ConversationId uniqueidentifier NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL
);

-- One whole publication: readers see one or the other, never half of one.
CREATE TABLE Publication (
  Number int NOT NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  ThroughSequence bigint NOT NULL,
  Sha256 varchar(64) NOT NULL,
  Cells int NOT NULL,
  HiddenCells int NOT NULL,
  IsCurrent bit NOT NULL,
  CONSTRAINT PK_Publication PRIMARY KEY (Number)
);

CREATE TABLE PublishedPlace (
  Publication int NOT NULL,
  Id uniqueidentifier NOT NULL,
  ParentId uniqueidentifier NULL,
  Kind varchar(20) NOT NULL,
  Name nvarchar(200) NOT NULL,
  CONSTRAINT PK_PublishedPlace PRIMARY KEY (Publication, Id)
);

CREATE TABLE PublishedClientGroup (
  Publication int NOT NULL,
  Id uniqueidentifier NOT NULL,
  Code varchar(40) NOT NULL,
  NameNl nvarchar(200) NOT NULL,
  NameEn nvarchar(200) NOT NULL,
  Law varchar(20) NOT NULL,
  CONSTRAINT PK_PublishedClientGroup PRIMARY KEY (Publication, Id)
);

CREATE TABLE PublishedInstrument (
  Publication int NOT NULL,
  Id varchar(100) NOT NULL,
  InstrumentId varchar(64) NOT NULL,
  Version varchar(20) NOT NULL,
  Kind varchar(20) NOT NULL,
  TitleNl nvarchar(400) NOT NULL,
  TitleEn nvarchar(400) NOT NULL,
  CONSTRAINT PK_PublishedInstrument PRIMARY KEY (Publication, Id)
);

CREATE TABLE PublishedMeasure (
  Publication int NOT NULL,
  Id varchar(200) NOT NULL,
  InstrumentId varchar(100) NOT NULL,
  Kind varchar(20) NOT NULL,
  Code varchar(64) NOT NULL,
  TextNl nvarchar(1000) NOT NULL,
  TextEn nvarchar(1000) NOT NULL,
  SharedDomain varchar(40) NULL,
  WishOf varchar(200) NULL,
  Position int NOT NULL,
  CONSTRAINT PK_PublishedMeasure PRIMARY KEY (Publication, Id)
);

CREATE TABLE PublishedPeriod (
  Publication int NOT NULL,
  Id varchar(20) NOT NULL,
  Kind varchar(20) NOT NULL,
  FromOn date NOT NULL,
  UntilOn date NOT NULL,
  CONSTRAINT PK_PublishedPeriod PRIMARY KEY (Publication, Id)
);

-- A cell: how many people, and their scores. Figures are NULL where the cell is hidden.
CREATE TABLE PublishedOutcome (
  Publication int NOT NULL,
  Id int NOT NULL,
  PeriodId varchar(20) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  ClientGroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(100) NOT NULL,
  Perspective varchar(20) NOT NULL,
  MeasureId varchar(200) NOT NULL,
  Respondents int NULL,
  ScoreSum float NULL,
  Mean float NULL,
  StandardDeviation float NULL,
  IntervalLow float NULL,
  IntervalHigh float NULL,
  Suppressed bit NOT NULL,
  SuppressionReason varchar(40) NULL,
  CONSTRAINT PK_PublishedOutcome PRIMARY KEY (Publication, Id)
);
CREATE INDEX IX_PublishedOutcome_Group ON PublishedOutcome (Publication, ClientGroupId, PeriodId, PlaceId);

-- How many people chose each option of a question.
CREATE TABLE PublishedDistribution (
  Publication int NOT NULL,
  Id int NOT NULL,
  PeriodId varchar(20) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  ClientGroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(100) NOT NULL,
  Perspective varchar(20) NOT NULL,
  MeasureId varchar(200) NOT NULL,
  OptionCode varchar(64) NOT NULL,
  OptionTextNl nvarchar(400) NOT NULL,
  OptionTextEn nvarchar(400) NOT NULL,
  Position int NOT NULL,
  People int NULL,
  Share float NULL,
  Suppressed bit NOT NULL,
  SuppressionReason varchar(40) NULL,
  CONSTRAINT PK_PublishedDistribution PRIMARY KEY (Publication, Id)
);
CREATE INDEX IX_PublishedDistribution_Group ON PublishedDistribution (Publication, ClientGroupId, PeriodId, PlaceId);

-- Who was asked and who took part, beside every figure.
CREATE TABLE PublishedParticipation (
  Publication int NOT NULL,
  Id int NOT NULL,
  PeriodId varchar(20) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  ClientGroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(100) NOT NULL,
  Perspective varchar(20) NOT NULL,
  Invited int NULL,
  Held int NULL,
  Refused int NULL,
  Stopped int NULL,
  ResponseRate float NULL,
  Suppressed bit NOT NULL,
  SuppressionReason varchar(40) NULL,
  CONSTRAINT PK_PublishedParticipation PRIMARY KEY (Publication, Id)
);
CREATE INDEX IX_PublishedParticipation_Group ON PublishedParticipation (Publication, ClientGroupId, PeriodId, PlaceId);
