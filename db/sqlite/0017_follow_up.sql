-- What became of agreements: published like participation, and the conversations of which something was closed, told or opened again
-- since the last publication. What came in with a conversation, or went with one, stands in OutcomeChange already.
CREATE TABLE FollowUpChange (
  Sequence INTEGER NOT NULL CONSTRAINT PK_FollowUpChange PRIMARY KEY AUTOINCREMENT,
  ConversationId TEXT NOT NULL
) STRICT;
INSERT INTO FollowUpChange (ConversationId) SELECT DISTINCT ConversationId FROM Agreement;

CREATE TABLE KeptFollowUp (
  Id INTEGER NOT NULL,
  FromPublication INTEGER NOT NULL,
  UntilPublication INTEGER NOT NULL,
  PeriodId TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  ClientGroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  People INTEGER NULL,
  Made INTEGER NULL,
  Done INTEGER NULL,
  NotDone INTEGER NULL,
  StillOpen INTEGER NULL,
  ToldBack INTEGER NULL,
  Suppressed INTEGER NOT NULL,
  SuppressionReason TEXT NULL,
  CONSTRAINT PK_KeptFollowUp PRIMARY KEY (Id, FromPublication)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_KeptFollowUp_Cell ON KeptFollowUp (ClientGroupId, PlaceId, PeriodId, InstrumentId, Perspective, UntilPublication);
CREATE INDEX IX_KeptFollowUp_Until ON KeptFollowUp (UntilPublication);
CREATE VIEW PublishedFollowUp AS
  SELECT n.Number AS Publication, k.Id, k.PeriodId, k.PlaceId, k.ClientGroupId, k.InstrumentId, k.Perspective, k.People, k.Made, k.Done, k.NotDone, k.StillOpen, k.ToldBack, k.Suppressed, k.SuppressionReason
  FROM Publication n JOIN KeptFollowUp k ON k.FromPublication <= n.Number AND +k.UntilPublication > n.Number;

-- Whose words a frozen report shows. The words themselves stay in Quote: GoneAt is when they were found to be taken back, corrected or
-- erased there. DecidedAt: as which release; released again they are other words.
CREATE TABLE QualityReportQuote (
  ReportId TEXT NOT NULL,
  Position INTEGER NOT NULL,
  ConversationId TEXT NOT NULL,
  QuestionId TEXT NOT NULL,
  DecidedAt TEXT NOT NULL,
  GoneAt TEXT NULL,
  CONSTRAINT FK_QualityReportQuote_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT PK_QualityReportQuote PRIMARY KEY (ReportId, Position)
) STRICT;

-- The files of a frozen report, now also in easy language. ContentSecret is NULL until it is made. Attempts: how often making it was tried.
CREATE TABLE ReportFile (
  ReportId TEXT NOT NULL,
  Voice TEXT NOT NULL,
  Language TEXT NOT NULL,
  Attempts INTEGER NOT NULL,
  ContentSecret BLOB NULL,
  Sha256 TEXT NULL,
  Bytes INTEGER NULL,
  MadeAt TEXT NULL,
  CONSTRAINT FK_ReportFile_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT CK_ReportFile_Voice CHECK (Voice IN ('word', 'excel', 'json', 'easy')),
  CONSTRAINT PK_ReportFile PRIMARY KEY (ReportId, Voice, Language)
) STRICT;
INSERT INTO ReportFile (ReportId, Voice, Language, Attempts, ContentSecret, Sha256, Bytes, MadeAt)
  SELECT ReportId, Voice, Language, Attempts, ContentSecret, Sha256, Bytes, MadeAt FROM QualityReportFile;
INSERT INTO ReportFile (ReportId, Voice, Language, Attempts)
  SELECT r.Id, 'easy', l.Language, 0 FROM QualityReport r CROSS JOIN (SELECT 'nl' AS Language UNION ALL SELECT 'en') l WHERE r.FrozenAt IS NOT NULL;
DROP TABLE QualityReportFile;
