-- Where a row is of - its period, place, group, instrument and perspective - is said once for all rows of a block and no longer in each of them,
-- nor in an index of each. Until when a row stands is in no index either while it stands: it changes for every row that ends. What publications
-- show stays as it is.

CREATE TABLE OutcomeBlock (
  Id int NOT NULL,
  ClientGroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(100) NOT NULL,
  Perspective varchar(20) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  PeriodId varchar(20) NOT NULL,
  CONSTRAINT PK_OutcomeBlock PRIMARY KEY (Id)
);
CREATE UNIQUE INDEX UX_OutcomeBlock_Family ON OutcomeBlock (ClientGroupId, InstrumentId, Perspective, PlaceId, PeriodId);
CREATE INDEX IX_OutcomeBlock_Place ON OutcomeBlock (ClientGroupId, PlaceId, PeriodId);
INSERT INTO OutcomeBlock (Id, ClientGroupId, InstrumentId, Perspective, PlaceId, PeriodId)
  SELECT ROW_NUMBER() OVER (ORDER BY b.ClientGroupId, b.InstrumentId, b.Perspective, b.PlaceId, b.PeriodId), b.ClientGroupId, b.InstrumentId, b.Perspective, b.PlaceId, b.PeriodId
  FROM (SELECT ClientGroupId, InstrumentId, Perspective, PlaceId, PeriodId FROM KeptOutcome
    UNION SELECT ClientGroupId, InstrumentId, Perspective, PlaceId, PeriodId FROM KeptDistribution
    UNION SELECT ClientGroupId, InstrumentId, Perspective, PlaceId, PeriodId FROM KeptParticipation
    UNION SELECT ClientGroupId, InstrumentId, Perspective, PlaceId, PeriodId FROM KeptFollowUp
    UNION SELECT ClientGroupId, InstrumentId, Perspective, PlaceId, PeriodId FROM KeptBlock) b;

DROP VIEW PublishedOutcome;
DROP VIEW PublishedDistribution;
DROP VIEW PublishedParticipation;
DROP VIEW PublishedFollowUp;

-- The figures of a measure in a block.
CREATE TABLE KeptFigure (
  Id int NOT NULL,
  FromPublication int NOT NULL,
  UntilPublication int NOT NULL,
  BlockId int NOT NULL,
  MeasureId varchar(200) NOT NULL,
  Respondents int NULL,
  ScoreSum float NULL,
  Mean float NULL,
  StandardDeviation float NULL,
  IntervalLow float NULL,
  IntervalHigh float NULL,
  PassedOver int NULL,
  NotGood int NULL,
  WantChange int NULL,
  NotGoodWantChange int NULL,
  FiguresOf int NULL,
  Suppressed bit NOT NULL,
  SuppressionReason varchar(40) NULL,
  ShownThrough bigint NULL,
  CONSTRAINT PK_KeptFigure PRIMARY KEY (Id, FromPublication)
);
INSERT INTO KeptFigure (Id, FromPublication, UntilPublication, BlockId, MeasureId, Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, PassedOver, NotGood, WantChange, NotGoodWantChange, FiguresOf, Suppressed, SuppressionReason, ShownThrough)
  SELECT k.Id, k.FromPublication, k.UntilPublication, b.Id, k.MeasureId, k.Respondents, k.ScoreSum, k.Mean, k.StandardDeviation, k.IntervalLow, k.IntervalHigh, k.PassedOver, k.NotGood, k.WantChange, k.NotGoodWantChange, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM KeptOutcome k JOIN OutcomeBlock b ON b.ClientGroupId = k.ClientGroupId AND b.InstrumentId = k.InstrumentId AND b.Perspective = k.Perspective AND b.PlaceId = k.PlaceId AND b.PeriodId = k.PeriodId;
DROP TABLE KeptOutcome;
CREATE INDEX IX_KeptFigure_Block ON KeptFigure (BlockId);
CREATE INDEX IX_KeptFigure_Ended ON KeptFigure (UntilPublication) WHERE UntilPublication < 2147483647;
EXEC(N'
CREATE VIEW PublishedOutcome AS
  SELECT n.Number AS Publication, k.Id, b.PeriodId, b.PlaceId, b.ClientGroupId, b.InstrumentId, b.Perspective, k.MeasureId, k.Respondents, k.ScoreSum, k.Mean, k.StandardDeviation, k.IntervalLow, k.IntervalHigh, k.PassedOver, k.NotGood, k.WantChange, k.NotGoodWantChange, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM Publication n JOIN KeptFigure k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number JOIN OutcomeBlock b ON b.Id = k.BlockId;
');

-- How many chose an option.
CREATE TABLE KeptOption (
  Id int NOT NULL,
  FromPublication int NOT NULL,
  UntilPublication int NOT NULL,
  BlockId int NOT NULL,
  MeasureId varchar(200) NOT NULL,
  OptionCode varchar(64) NOT NULL,
  OptionTextNl nvarchar(400) NOT NULL,
  OptionTextEn nvarchar(400) NOT NULL,
  Position int NOT NULL,
  People int NULL,
  Share float NULL,
  ShareLow float NULL,
  ShareHigh float NULL,
  FiguresOf int NULL,
  Suppressed bit NOT NULL,
  SuppressionReason varchar(40) NULL,
  ShownThrough bigint NULL,
  CONSTRAINT PK_KeptOption PRIMARY KEY (Id, FromPublication)
);
INSERT INTO KeptOption (Id, FromPublication, UntilPublication, BlockId, MeasureId, OptionCode, OptionTextNl, OptionTextEn, Position, People, Share, ShareLow, ShareHigh, FiguresOf, Suppressed, SuppressionReason, ShownThrough)
  SELECT k.Id, k.FromPublication, k.UntilPublication, b.Id, k.MeasureId, k.OptionCode, k.OptionTextNl, k.OptionTextEn, k.Position, k.People, k.Share, k.ShareLow, k.ShareHigh, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM KeptDistribution k JOIN OutcomeBlock b ON b.ClientGroupId = k.ClientGroupId AND b.InstrumentId = k.InstrumentId AND b.Perspective = k.Perspective AND b.PlaceId = k.PlaceId AND b.PeriodId = k.PeriodId;
DROP TABLE KeptDistribution;
CREATE INDEX IX_KeptOption_Block ON KeptOption (BlockId);
CREATE INDEX IX_KeptOption_Ended ON KeptOption (UntilPublication) WHERE UntilPublication < 2147483647;
EXEC(N'
CREATE VIEW PublishedDistribution AS
  SELECT n.Number AS Publication, k.Id, b.PeriodId, b.PlaceId, b.ClientGroupId, b.InstrumentId, b.Perspective, k.MeasureId, k.OptionCode, k.OptionTextNl, k.OptionTextEn, k.Position, k.People, k.Share, k.ShareLow, k.ShareHigh, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM Publication n JOIN KeptOption k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number JOIN OutcomeBlock b ON b.Id = k.BlockId;
');

-- Who was asked and who took part.
CREATE TABLE KeptResponse (
  Id int NOT NULL,
  FromPublication int NOT NULL,
  UntilPublication int NOT NULL,
  BlockId int NOT NULL,
  Invited int NULL,
  Held int NULL,
  Anonymous int NULL,
  AnonymousSuppressed bit NOT NULL,
  Refused int NULL,
  Stopped int NULL,
  NotReached int NULL,
  Marked int NULL,
  ResponseRate float NULL,
  Suppressed bit NOT NULL,
  SuppressionReason varchar(40) NULL,
  CONSTRAINT PK_KeptResponse PRIMARY KEY (Id, FromPublication)
);
INSERT INTO KeptResponse (Id, FromPublication, UntilPublication, BlockId, Invited, Held, Anonymous, AnonymousSuppressed, Refused, Stopped, NotReached, Marked, ResponseRate, Suppressed, SuppressionReason)
  SELECT k.Id, k.FromPublication, k.UntilPublication, b.Id, k.Invited, k.Held, k.Anonymous, k.AnonymousSuppressed, k.Refused, k.Stopped, k.NotReached, k.Marked, k.ResponseRate, k.Suppressed, k.SuppressionReason
  FROM KeptParticipation k JOIN OutcomeBlock b ON b.ClientGroupId = k.ClientGroupId AND b.InstrumentId = k.InstrumentId AND b.Perspective = k.Perspective AND b.PlaceId = k.PlaceId AND b.PeriodId = k.PeriodId;
DROP TABLE KeptParticipation;
CREATE INDEX IX_KeptResponse_Block ON KeptResponse (BlockId);
CREATE INDEX IX_KeptResponse_Ended ON KeptResponse (UntilPublication) WHERE UntilPublication < 2147483647;
EXEC(N'
CREATE VIEW PublishedParticipation AS
  SELECT n.Number AS Publication, k.Id, b.PeriodId, b.PlaceId, b.ClientGroupId, b.InstrumentId, b.Perspective, k.Invited, k.Held, k.Anonymous, k.AnonymousSuppressed, k.Refused, k.Stopped, k.NotReached, k.Marked, k.ResponseRate, k.Suppressed, k.SuppressionReason
  FROM Publication n JOIN KeptResponse k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number JOIN OutcomeBlock b ON b.Id = k.BlockId;
');

-- What became of agreements.
CREATE TABLE KeptAgreement (
  Id int NOT NULL,
  FromPublication int NOT NULL,
  UntilPublication int NOT NULL,
  BlockId int NOT NULL,
  People int NULL,
  Made int NULL,
  Done int NULL,
  NotDone int NULL,
  StillOpen int NULL,
  ToldBack int NULL,
  Suppressed bit NOT NULL,
  SuppressionReason varchar(40) NULL,
  CONSTRAINT PK_KeptAgreement PRIMARY KEY (Id, FromPublication)
);
INSERT INTO KeptAgreement (Id, FromPublication, UntilPublication, BlockId, People, Made, Done, NotDone, StillOpen, ToldBack, Suppressed, SuppressionReason)
  SELECT k.Id, k.FromPublication, k.UntilPublication, b.Id, k.People, k.Made, k.Done, k.NotDone, k.StillOpen, k.ToldBack, k.Suppressed, k.SuppressionReason
  FROM KeptFollowUp k JOIN OutcomeBlock b ON b.ClientGroupId = k.ClientGroupId AND b.InstrumentId = k.InstrumentId AND b.Perspective = k.Perspective AND b.PlaceId = k.PlaceId AND b.PeriodId = k.PeriodId;
DROP TABLE KeptFollowUp;
CREATE INDEX IX_KeptAgreement_Block ON KeptAgreement (BlockId);
CREATE INDEX IX_KeptAgreement_Ended ON KeptAgreement (UntilPublication) WHERE UntilPublication < 2147483647;
EXEC(N'
CREATE VIEW PublishedFollowUp AS
  SELECT n.Number AS Publication, k.Id, b.PeriodId, b.PlaceId, b.ClientGroupId, b.InstrumentId, b.Perspective, k.People, k.Made, k.Done, k.NotDone, k.StillOpen, k.ToldBack, k.Suppressed, k.SuppressionReason
  FROM Publication n JOIN KeptAgreement k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number JOIN OutcomeBlock b ON b.Id = k.BlockId;
');

-- What is counted before hiding, who changed since, and how each cell stands (NULL where nothing was counted since there was this): so a
-- block beside one that changed is one row to read, and not all of its rows. Never leaves the room of outcomes.
CREATE TABLE KeptCount (
  Id int NOT NULL,
  FromPublication int NOT NULL,
  UntilPublication int NOT NULL,
  BlockId int NOT NULL,
  About varchar(20) NOT NULL,
  Counted varbinary(max) NOT NULL,
  News varbinary(max) NOT NULL,
  Standing varbinary(max) NULL,
  CONSTRAINT PK_KeptCount PRIMARY KEY (Id, FromPublication)
);
INSERT INTO KeptCount (Id, FromPublication, UntilPublication, BlockId, About, Counted, News)
  SELECT k.Id, k.FromPublication, k.UntilPublication, b.Id, k.About, k.Counted, k.News
  FROM KeptBlock k JOIN OutcomeBlock b ON b.ClientGroupId = k.ClientGroupId AND b.InstrumentId = k.InstrumentId AND b.Perspective = k.Perspective AND b.PlaceId = k.PlaceId AND b.PeriodId = k.PeriodId;
DROP TABLE KeptBlock;
CREATE INDEX IX_KeptCount_Block ON KeptCount (BlockId);
CREATE INDEX IX_KeptCount_Ended ON KeptCount (UntilPublication) WHERE UntilPublication < 2147483647;
