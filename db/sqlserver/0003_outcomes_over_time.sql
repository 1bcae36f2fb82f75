-- Outcomes over months, quarters, years and three years; what people want beside how it is; figures that move
-- only in steps of several people; and publications that say through which change they counted.

-- For the organisation: conversations with an answer-quality mark are left out of its outcomes.
ALTER TABLE Place ADD LeavesOutMarked bit NULL;

-- What waits to be counted is what came after the newest publication; the list itself stays, because whether a
-- figure may move depends on how many people changed since it was last shown.
CREATE INDEX IX_OutcomeChange_Conversation ON OutcomeChange (ConversationId, Sequence);

ALTER TABLE Publication ADD LeftOutMarked bit NOT NULL DEFAULT 0;

-- ShownThrough: the last change that is in the figures shown; NULL where the cell was never shown.
ALTER TABLE PublishedOutcome ADD PassedOver int NULL;
ALTER TABLE PublishedOutcome ADD NotGood int NULL;
ALTER TABLE PublishedOutcome ADD WantChange int NULL;
ALTER TABLE PublishedOutcome ADD NotGoodWantChange int NULL;
ALTER TABLE PublishedOutcome ADD FiguresOf int NULL;
ALTER TABLE PublishedOutcome ADD ShownThrough bigint NULL;

ALTER TABLE PublishedDistribution ADD ShareLow float NULL;
ALTER TABLE PublishedDistribution ADD ShareHigh float NULL;
ALTER TABLE PublishedDistribution ADD FiguresOf int NULL;
ALTER TABLE PublishedDistribution ADD ShownThrough bigint NULL;

ALTER TABLE PublishedParticipation ADD NotReached int NULL;
ALTER TABLE PublishedParticipation ADD Marked int NULL;

-- The measure of an earlier version with which this one is one line over time.
ALTER TABLE PublishedMeasure ADD ContinuesId varchar(200) NULL;

-- Every cell that was ever shown, or hidden for its own sake, without its figure: up to which change it counted. Whoever
-- kept all publications knows the sums that were shown; more is shown only where nothing hidden follows from them together.
CREATE TABLE PublishedState (
  GroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(100) NOT NULL,
  Perspective varchar(20) NOT NULL,
  PeriodId varchar(20) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  MeasureId varchar(200) NOT NULL,
  Through bigint NOT NULL,
  Shown bit NOT NULL,
  LeftOutMarked bit NOT NULL,
  CONSTRAINT PK_PublishedState PRIMARY KEY (GroupId, InstrumentId, Perspective, PeriodId, PlaceId, MeasureId, Through, Shown)
);

-- Who is counting now, until when unless they say so again: one at a time over all nodes and verbs.
CREATE TABLE AggregationTurn (
  Id int NOT NULL,
  Holder uniqueidentifier NULL,
  UntilAt datetimeoffset(3) NULL,
  CONSTRAINT PK_AggregationTurn PRIMARY KEY (Id)
);
INSERT INTO AggregationTurn (Id) VALUES (1);
