-- Outcomes over months, quarters, years and three years; what people want beside how it is; figures that move
-- only in steps of several people; and publications that say through which change they counted.

-- For the organisation: conversations with an answer-quality mark are left out of its outcomes.
ALTER TABLE Place ADD LeavesOutMarked INTEGER NULL;

-- What waits to be counted is what came after the newest publication; the list itself stays, because whether a
-- figure may move depends on how many people changed since it was last shown.
CREATE INDEX IX_OutcomeChange_Conversation ON OutcomeChange (ConversationId, Sequence);

ALTER TABLE Publication ADD LeftOutMarked INTEGER NOT NULL DEFAULT 0;

-- ShownThrough: the last change that is in the figures shown; NULL where the cell was never shown.
ALTER TABLE PublishedOutcome ADD PassedOver INTEGER NULL;
ALTER TABLE PublishedOutcome ADD NotGood INTEGER NULL;
ALTER TABLE PublishedOutcome ADD WantChange INTEGER NULL;
ALTER TABLE PublishedOutcome ADD NotGoodWantChange INTEGER NULL;
ALTER TABLE PublishedOutcome ADD FiguresOf INTEGER NULL;
ALTER TABLE PublishedOutcome ADD ShownThrough INTEGER NULL;

ALTER TABLE PublishedDistribution ADD ShareLow REAL NULL;
ALTER TABLE PublishedDistribution ADD ShareHigh REAL NULL;
ALTER TABLE PublishedDistribution ADD FiguresOf INTEGER NULL;
ALTER TABLE PublishedDistribution ADD ShownThrough INTEGER NULL;

ALTER TABLE PublishedParticipation ADD NotReached INTEGER NULL;
ALTER TABLE PublishedParticipation ADD Marked INTEGER NULL;

-- The measure of an earlier version with which this one is one line over time.
ALTER TABLE PublishedMeasure ADD ContinuesId TEXT NULL;

-- Every cell that was ever shown, or hidden for its own sake, without its figure: up to which change it counted. Whoever
-- kept all publications knows the sums that were shown; more is shown only where nothing hidden follows from them together.
CREATE TABLE PublishedState (
  GroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  PeriodId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  MeasureId TEXT NOT NULL,
  Through INTEGER NOT NULL,
  Shown INTEGER NOT NULL,
  LeftOutMarked INTEGER NOT NULL,
  CONSTRAINT PK_PublishedState PRIMARY KEY (GroupId, InstrumentId, Perspective, PeriodId, PlaceId, MeasureId, Through, Shown)
) STRICT;

-- Who is counting now, until when unless they say so again: one at a time over all nodes and verbs.
CREATE TABLE AggregationTurn (
  Id INTEGER NOT NULL,
  Holder TEXT NULL,
  UntilAt TEXT NULL,
  CONSTRAINT PK_AggregationTurn PRIMARY KEY (Id)
) STRICT;
INSERT INTO AggregationTurn (Id) VALUES (1);
