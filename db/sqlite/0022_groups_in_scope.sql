-- A scope is of places and of client groups, wrong passwords are counted over all nodes, and taking part without a name has a figure of its own.

-- The client groups to which somebody's scope is narrowed; of whom there is no row here, it is every group.
CREATE TABLE PersonGroup (
  PersonId TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  CONSTRAINT FK_PersonGroup_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT FK_PersonGroup_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT PK_PersonGroup PRIMARY KEY (PersonId, GroupId)
) STRICT;

-- The same of a feed key.
CREATE TABLE FeedKeyGroup (
  KeyId TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  CONSTRAINT FK_FeedKeyGroup_KeyId FOREIGN KEY (KeyId) REFERENCES FeedKey (Id),
  CONSTRAINT FK_FeedKeyGroup_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT PK_FeedKeyGroup PRIMARY KEY (KeyId, GroupId)
) STRICT;

-- The client groups that a quality report is about: those in the scope of who began it; none here is every group.
CREATE TABLE QualityReportGroup (
  ReportId TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  CONSTRAINT FK_QualityReportGroup_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_QualityReportGroup_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT PK_QualityReportGroup PRIMARY KEY (ReportId, GroupId)
) STRICT;

-- How often a password was wrong. What was counted (an account, a network address, a known device) is a keyed hash; a row is
-- forgotten an hour after the last wrong one.
CREATE TABLE SignInCount (
  CountedHash TEXT NOT NULL,
  Failures INTEGER NOT NULL,
  FailedAt TEXT NOT NULL,
  CONSTRAINT PK_SignInCount PRIMARY KEY (CountedHash)
) STRICT;
CREATE INDEX IX_SignInCount_FailedAt ON SignInCount (FailedAt);

-- Of those who took part, how many did so without a name; hidden by itself where they, or those with a name, are few.
ALTER TABLE KeptParticipation ADD Anonymous INTEGER NULL;
ALTER TABLE KeptParticipation ADD AnonymousSuppressed INTEGER NOT NULL DEFAULT 0;
DROP VIEW PublishedParticipation;
CREATE VIEW PublishedParticipation AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.Invited, k.Held, k.Anonymous, k.AnonymousSuppressed, k.Refused, k.Stopped, k.NotReached, k.Marked, k.ResponseRate, k.Suppressed, k.SuppressionReason
  FROM Publication n JOIN KeptParticipation k ON k.FromPublication <= n.Number AND k.UntilPublication > n.Number;
