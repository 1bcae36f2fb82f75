-- Publications share their rows: a row stands from one publication until another, so that a new publication writes only
-- what is different. What is counted is kept beside it, so that a run counts only what changed.

-- A cell of outcomes: in every publication from FromPublication up to and not including UntilPublication (2147483647 while
-- it stands). Id is that of the cell, the same in every publication.
CREATE TABLE KeptOutcome (
  Id INTEGER NOT NULL,
  FromPublication INTEGER NOT NULL,
  UntilPublication INTEGER NOT NULL,
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
  PassedOver INTEGER NULL,
  NotGood INTEGER NULL,
  WantChange INTEGER NULL,
  NotGoodWantChange INTEGER NULL,
  FiguresOf INTEGER NULL,
  Suppressed INTEGER NOT NULL,
  SuppressionReason TEXT NULL,
  ShownThrough INTEGER NULL,
  CONSTRAINT PK_KeptOutcome PRIMARY KEY (Id, FromPublication)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_KeptOutcome_Cell ON KeptOutcome (ClientGroupId, PlaceId, PeriodId, InstrumentId, Perspective, UntilPublication);
CREATE INDEX IX_KeptOutcome_Until ON KeptOutcome (UntilPublication);

-- Likewise, how many chose an option.
CREATE TABLE KeptDistribution (
  Id INTEGER NOT NULL,
  FromPublication INTEGER NOT NULL,
  UntilPublication INTEGER NOT NULL,
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
  ShareLow REAL NULL,
  ShareHigh REAL NULL,
  FiguresOf INTEGER NULL,
  Suppressed INTEGER NOT NULL,
  SuppressionReason TEXT NULL,
  ShownThrough INTEGER NULL,
  CONSTRAINT PK_KeptDistribution PRIMARY KEY (Id, FromPublication)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_KeptDistribution_Cell ON KeptDistribution (ClientGroupId, PlaceId, PeriodId, InstrumentId, Perspective, UntilPublication);
CREATE INDEX IX_KeptDistribution_Until ON KeptDistribution (UntilPublication);

-- Likewise, who was asked and who took part.
CREATE TABLE KeptParticipation (
  Id INTEGER NOT NULL,
  FromPublication INTEGER NOT NULL,
  UntilPublication INTEGER NOT NULL,
  PeriodId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  ClientGroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  Invited INTEGER NULL,
  Held INTEGER NULL,
  Refused INTEGER NULL,
  Stopped INTEGER NULL,
  NotReached INTEGER NULL,
  Marked INTEGER NULL,
  ResponseRate REAL NULL,
  Suppressed INTEGER NOT NULL,
  SuppressionReason TEXT NULL,
  CONSTRAINT PK_KeptParticipation PRIMARY KEY (Id, FromPublication)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_KeptParticipation_Cell ON KeptParticipation (ClientGroupId, PlaceId, PeriodId, InstrumentId, Perspective, UntilPublication);
CREATE INDEX IX_KeptParticipation_Until ON KeptParticipation (UntilPublication);

-- What is counted of all measures in one period and place, before hiding; and who changed there since its figures were
-- last shown. Never leaves the room of outcomes.
CREATE TABLE KeptBlock (
  Id INTEGER NOT NULL,
  FromPublication INTEGER NOT NULL,
  UntilPublication INTEGER NOT NULL,
  PeriodId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  ClientGroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  About TEXT NOT NULL,
  Counted BLOB NOT NULL,
  News BLOB NOT NULL,
  CONSTRAINT PK_KeptBlock PRIMARY KEY (Id, FromPublication)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_KeptBlock_Cell ON KeptBlock (ClientGroupId, PlaceId, PeriodId, InstrumentId, Perspective, UntilPublication);
CREATE INDEX IX_KeptBlock_Until ON KeptBlock (UntilPublication);

-- The last publication goes on; those before it are no longer there for who was reading them.
INSERT INTO KeptOutcome (Id, FromPublication, UntilPublication, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective, MeasureId, Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, PassedOver, NotGood, WantChange, NotGoodWantChange, FiguresOf, Suppressed, SuppressionReason, ShownThrough)
  SELECT Id, Publication, 2147483647, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective, MeasureId, Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, PassedOver, NotGood, WantChange, NotGoodWantChange, FiguresOf, Suppressed, SuppressionReason, ShownThrough
  FROM PublishedOutcome WHERE Publication = (SELECT Number FROM Publication WHERE IsCurrent = 1);
DROP TABLE PublishedOutcome;
CREATE VIEW PublishedOutcome AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.MeasureId, k.Respondents, k.ScoreSum, k.Mean, k.StandardDeviation, k.IntervalLow, k.IntervalHigh, k.PassedOver, k.NotGood, k.WantChange, k.NotGoodWantChange, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM Publication n JOIN KeptOutcome k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number;

INSERT INTO KeptDistribution (Id, FromPublication, UntilPublication, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective, MeasureId, OptionCode, OptionTextNl, OptionTextEn, Position, People, Share, ShareLow, ShareHigh, FiguresOf, Suppressed, SuppressionReason, ShownThrough)
  SELECT Id, Publication, 2147483647, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective, MeasureId, OptionCode, OptionTextNl, OptionTextEn, Position, People, Share, ShareLow, ShareHigh, FiguresOf, Suppressed, SuppressionReason, ShownThrough
  FROM PublishedDistribution WHERE Publication = (SELECT Number FROM Publication WHERE IsCurrent = 1);
DROP TABLE PublishedDistribution;
CREATE VIEW PublishedDistribution AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.MeasureId, k.OptionCode, k.OptionTextNl, k.OptionTextEn, k.Position, k.People, k.Share, k.ShareLow, k.ShareHigh, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM Publication n JOIN KeptDistribution k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number;

INSERT INTO KeptParticipation (Id, FromPublication, UntilPublication, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective, Invited, Held, Refused, Stopped, NotReached, Marked, ResponseRate, Suppressed, SuppressionReason)
  SELECT Id, Publication, 2147483647, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective, Invited, Held, Refused, Stopped, NotReached, Marked, ResponseRate, Suppressed, SuppressionReason
  FROM PublishedParticipation WHERE Publication = (SELECT Number FROM Publication WHERE IsCurrent = 1);
DROP TABLE PublishedParticipation;
CREATE VIEW PublishedParticipation AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.Invited, k.Held, k.Refused, k.Stopped, k.NotReached, k.Marked, k.ResponseRate, k.Suppressed, k.SuppressionReason
  FROM Publication n JOIN KeptParticipation k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number;

DELETE FROM Publication WHERE IsCurrent = 0;

-- On what all its cells rest (places, smallest group, year, instruments); NULL: the next run counts everything.
ALTER TABLE Publication ADD Basis TEXT NULL;
ALTER TABLE Publication ADD ParticipationBasis TEXT NULL;
ALTER TABLE Publication ADD Conversations INTEGER NOT NULL DEFAULT 0;

-- A run is writing this publication; where it died, the next one takes away what it had written.
ALTER TABLE AggregationTurn ADD Writing INTEGER NULL;

-- What happened to the conversation: received, corrected, erased, marks.
ALTER TABLE OutcomeChange ADD Kind TEXT NOT NULL DEFAULT 'received';

-- In the order in which a family's answers are read; and what one person told with an instrument.
CREATE INDEX IX_Conversation_Family ON Conversation (InstrumentId, Perspective, InstrumentVersion, GroupId, Outcome, Id, ClientId);
CREATE INDEX IX_Conversation_Person ON Conversation (ClientId, InstrumentId, Perspective, InstrumentVersion);
CREATE INDEX IX_Conversation_HeldOn ON Conversation (HeldOn);
