-- Of a measure in a block one row stands from one publication until another: its figures, where it has scores, and how many options its distribution has.
-- The options themselves are written with it, and stand as long as it does: nothing of theirs ends, or is looked up by block. What the last publication
-- shows stays as it is, each option under a new id; publications before it are no longer there to finish reading.

-- A run that died may have left something of a publication that is not there.
DELETE FROM KeptFigure WHERE FromPublication > (SELECT COALESCE(MAX(Number), 0) FROM Publication);
DELETE FROM KeptOption WHERE FromPublication > (SELECT COALESCE(MAX(Number), 0) FROM Publication);
DELETE FROM KeptFigure WHERE UntilPublication <= (SELECT COALESCE(MAX(Number), 0) FROM Publication);
DELETE FROM KeptOption WHERE UntilPublication <= (SELECT COALESCE(MAX(Number), 0) FROM Publication);
DELETE FROM PublishedPlace WHERE Publication < (SELECT MAX(Number) FROM Publication);
DELETE FROM PublishedClientGroup WHERE Publication < (SELECT MAX(Number) FROM Publication);
DELETE FROM PublishedPeriod WHERE Publication < (SELECT MAX(Number) FROM Publication);
DELETE FROM PublishedInstrument WHERE Publication < (SELECT MAX(Number) FROM Publication);
DELETE FROM PublishedMeasure WHERE Publication < (SELECT MAX(Number) FROM Publication);
DELETE FROM Publication WHERE Number < (SELECT MAX(Number) FROM Publication);

DROP VIEW PublishedOutcome;
DROP VIEW PublishedDistribution;

-- What is shown of a measure in a block. Scored: it has figures (else a distribution alone). Its options are those with an id from FirstOption on, Options of
-- them, that were written with it; OptionsHash is the sum of their hashes, null where it is still to be worked out.
CREATE TABLE KeptCell (
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
  Scored bit NOT NULL,
  FirstOption int NULL,
  Options int NOT NULL,
  OptionsHash varbinary(32) NULL,
  CONSTRAINT PK_KeptCell PRIMARY KEY (Id, FromPublication)
);
INSERT INTO KeptCell (Id, FromPublication, UntilPublication, BlockId, MeasureId, Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, PassedOver, NotGood, WantChange, NotGoodWantChange, FiguresOf, Suppressed, SuppressionReason, ShownThrough, Scored, FirstOption, Options, OptionsHash)
  SELECT k.Id, k.FromPublication, 2147483647, k.BlockId, k.MeasureId, k.Respondents, k.ScoreSum, k.Mean, k.StandardDeviation, k.IntervalLow, k.IntervalHigh, k.PassedOver, k.NotGood, k.WantChange, k.NotGoodWantChange, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough, 1, o.FirstOption, COALESCE(o.Options, 0), NULL
  FROM KeptFigure k LEFT JOIN (
    SELECT d.BlockId, d.MeasureId, d.Options, SUM(d.Options) OVER (ORDER BY d.BlockId, d.MeasureId ROWS UNBOUNDED PRECEDING) - d.Options + 1 AS FirstOption
    FROM (SELECT BlockId, MeasureId, COUNT(*) AS Options FROM KeptOption GROUP BY BlockId, MeasureId) d) o ON o.BlockId = k.BlockId AND o.MeasureId = k.MeasureId;
INSERT INTO KeptCell (Id, FromPublication, UntilPublication, BlockId, MeasureId, Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, PassedOver, NotGood, WantChange, NotGoodWantChange, FiguresOf, Suppressed, SuppressionReason, ShownThrough, Scored, FirstOption, Options, OptionsHash)
  SELECT (SELECT COALESCE(MAX(Id), 0) FROM KeptFigure) + ROW_NUMBER() OVER (ORDER BY o.BlockId, o.MeasureId), k.FromPublication, 2147483647, o.BlockId, o.MeasureId, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough, 0, o.FirstOption, o.Options, NULL
  FROM (
    SELECT d.BlockId, d.MeasureId, d.Options, d.FirstId, SUM(d.Options) OVER (ORDER BY d.BlockId, d.MeasureId ROWS UNBOUNDED PRECEDING) - d.Options + 1 AS FirstOption
    FROM (SELECT BlockId, MeasureId, COUNT(*) AS Options, MIN(Id) AS FirstId FROM KeptOption GROUP BY BlockId, MeasureId) d) o
  JOIN KeptOption k ON k.Id = o.FirstId
  WHERE NOT EXISTS (SELECT 1 FROM KeptFigure f WHERE f.BlockId = o.BlockId AND f.MeasureId = o.MeasureId);
CREATE INDEX IX_KeptCell_Block ON KeptCell (BlockId);
CREATE INDEX IX_KeptCell_Ended ON KeptCell (UntilPublication) WHERE UntilPublication < 2147483647;
-- Those that an upgrade left, until the next run.
CREATE INDEX IX_KeptCell_Unhashed ON KeptCell (Id) WHERE OptionsHash IS NULL AND Options > 0;

-- How many chose an option. It stands as long as the row of its cell from the same publication.
CREATE TABLE CellOption (
  Id int NOT NULL,
  FromPublication int NOT NULL,
  CellId int NOT NULL,
  OptionCode varchar(64) NOT NULL,
  OptionTextNl nvarchar(400) NOT NULL,
  OptionTextEn nvarchar(400) NOT NULL,
  People int NULL,
  Share float NULL,
  ShareLow float NULL,
  ShareHigh float NULL,
  CONSTRAINT PK_CellOption PRIMARY KEY (Id, FromPublication)
);
INSERT INTO CellOption (Id, FromPublication, CellId, OptionCode, OptionTextNl, OptionTextEn, People, Share, ShareLow, ShareHigh)
  SELECT k.FirstOption + ROW_NUMBER() OVER (PARTITION BY o.BlockId, o.MeasureId ORDER BY o.Position) - 1, k.FromPublication, k.Id, o.OptionCode, o.OptionTextNl, o.OptionTextEn, o.People, o.Share, o.ShareLow, o.ShareHigh
  FROM KeptOption o JOIN KeptCell k ON k.BlockId = o.BlockId AND k.MeasureId = o.MeasureId;
DROP TABLE KeptFigure;
DROP TABLE KeptOption;

EXEC(N'
CREATE VIEW PublishedOutcome AS
  SELECT n.Number AS Publication, k.Id, b.PeriodId, b.PlaceId, b.ClientGroupId, b.InstrumentId, b.Perspective, k.MeasureId, k.Respondents, k.ScoreSum, k.Mean, k.StandardDeviation, k.IntervalLow, k.IntervalHigh, k.PassedOver, k.NotGood, k.WantChange, k.NotGoodWantChange, k.FiguresOf, k.Suppressed, k.SuppressionReason, k.ShownThrough
  FROM Publication n JOIN KeptCell k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number AND k.Scored = 1 JOIN OutcomeBlock b ON b.Id = k.BlockId;
');
-- Found from either side: a cell's options lie beside each other, and an option names its cell.
EXEC(N'
CREATE VIEW PublishedDistribution AS
  SELECT n.Number AS Publication, o.Id, b.PeriodId, b.PlaceId, b.ClientGroupId, b.InstrumentId, b.Perspective, k.MeasureId, o.OptionCode, o.OptionTextNl, o.OptionTextEn, o.Id - k.FirstOption AS Position, o.People, o.Share, o.ShareLow, o.ShareHigh, k.FiguresOf, k.Suppressed, k.SuppressionReason
  FROM Publication n JOIN CellOption o ON o.FromPublication <= n.Number
  JOIN KeptCell k ON k.Id = o.CellId AND k.FromPublication = o.FromPublication AND k.UntilPublication > n.Number AND o.Id >= k.FirstOption AND o.Id < k.FirstOption + k.Options
  JOIN OutcomeBlock b ON b.Id = k.BlockId;
');
