-- What became of agreements: published like participation, and the conversations of which something was closed, told or opened again
-- since the last publication. What came in with a conversation, or went with one, stands in OutcomeChange already.
CREATE TABLE FollowUpChange (
  Sequence bigint IDENTITY(1,1) NOT NULL CONSTRAINT PK_FollowUpChange PRIMARY KEY,
  ConversationId uniqueidentifier NOT NULL
);
INSERT INTO FollowUpChange (ConversationId) SELECT DISTINCT ConversationId FROM Agreement;

CREATE TABLE KeptFollowUp (
  Id int NOT NULL,
  FromPublication int NOT NULL,
  UntilPublication int NOT NULL,
  PeriodId varchar(20) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  ClientGroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(100) NOT NULL,
  Perspective varchar(20) NOT NULL,
  People int NULL,
  Made int NULL,
  Done int NULL,
  NotDone int NULL,
  StillOpen int NULL,
  ToldBack int NULL,
  Suppressed bit NOT NULL,
  SuppressionReason varchar(40) NULL,
  CONSTRAINT PK_KeptFollowUp PRIMARY KEY (Id, FromPublication)
);
CREATE INDEX IX_KeptFollowUp_Cell ON KeptFollowUp (ClientGroupId, PlaceId, PeriodId, InstrumentId, Perspective, UntilPublication);
CREATE INDEX IX_KeptFollowUp_Until ON KeptFollowUp (UntilPublication);
EXEC(N'
CREATE VIEW PublishedFollowUp AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.People, k.Made, k.Done, k.NotDone, k.StillOpen, k.ToldBack, k.Suppressed, k.SuppressionReason
  FROM Publication n JOIN KeptFollowUp k ON k.FromPublication <= n.Number AND +k.UntilPublication > n.Number;
');

-- Whose words a frozen report shows. The words themselves stay in Quote: GoneAt is when they were found to be taken back, corrected or
-- erased there. DecidedAt: as which release; released again they are other words.
CREATE TABLE QualityReportQuote (
  ReportId uniqueidentifier NOT NULL,
  Position int NOT NULL,
  ConversationId uniqueidentifier NOT NULL,
  QuestionId varchar(64) NOT NULL,
  DecidedAt datetimeoffset(3) NOT NULL,
  GoneAt datetimeoffset(3) NULL,
  CONSTRAINT FK_QualityReportQuote_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT PK_QualityReportQuote PRIMARY KEY (ReportId, Position)
);

-- The files of a frozen report, now also in easy language. ContentSecret is NULL until it is made. Attempts: how often making it was tried.
CREATE TABLE ReportFile (
  ReportId uniqueidentifier NOT NULL,
  Voice varchar(20) NOT NULL,
  Language varchar(2) NOT NULL,
  Attempts int NOT NULL,
  ContentSecret varbinary(max) NULL,
  Sha256 varchar(64) NULL,
  Bytes int NULL,
  MadeAt datetimeoffset(3) NULL,
  CONSTRAINT FK_ReportFile_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT CK_ReportFile_Voice CHECK (Voice IN ('word', 'excel', 'json', 'easy')),
  CONSTRAINT PK_ReportFile PRIMARY KEY (ReportId, Voice, Language)
);
INSERT INTO ReportFile (ReportId, Voice, Language, Attempts, ContentSecret, Sha256, Bytes, MadeAt)
  SELECT ReportId, Voice, Language, Attempts, ContentSecret, Sha256, Bytes, MadeAt FROM QualityReportFile;
INSERT INTO ReportFile (ReportId, Voice, Language, Attempts)
  SELECT r.Id, 'easy', l.Language, 0 FROM QualityReport r CROSS JOIN (SELECT 'nl' AS Language UNION ALL SELECT 'en') l WHERE r.FrozenAt IS NOT NULL;
DROP TABLE QualityReportFile;
