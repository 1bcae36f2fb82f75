-- The quality report: what the organisation tells of a period, from one publication, with the texts beside the figures and the
-- improvement points that go on from one report into the next. Texts are encrypted like all free text.

-- Period: the last period of the report as the publications name it. ContentSecret: the report as it was frozen; ContentSha256 of it as text.
CREATE TABLE QualityReport (
  Id TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Period TEXT NOT NULL,
  TitleSecret BLOB NOT NULL,
  MadeBy TEXT NOT NULL,
  MadeAt TEXT NOT NULL,
  FrozenBy TEXT NULL,
  FrozenAt TEXT NULL,
  Publication INTEGER NULL,
  ContentSecret BLOB NULL,
  ContentSha256 TEXT NULL,
  CONSTRAINT FK_QualityReport_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_QualityReport_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT FK_QualityReport_FrozenBy FOREIGN KEY (FrozenBy) REFERENCES Person (Id),
  CONSTRAINT CK_QualityReport_Kind CHECK (Kind IN ('update', 'year', 'two-years', 'three-years')),
  CONSTRAINT PK_QualityReport PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_QualityReport_Place ON QualityReport (PlaceId, MadeAt);

-- A text of a report, as Markdown. Part: introduction, ahead, council, group/ID or heard/ID. Version: of the text, from 1.
CREATE TABLE QualityReportText (
  ReportId TEXT NOT NULL,
  Part TEXT NOT NULL,
  TextSecret BLOB NOT NULL,
  Version INTEGER NOT NULL,
  WrittenBy TEXT NOT NULL,
  WrittenAt TEXT NOT NULL,
  CONSTRAINT FK_QualityReportText_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_QualityReportText_WrittenBy FOREIGN KEY (WrittenBy) REFERENCES Person (Id),
  CONSTRAINT PK_QualityReportText PRIMARY KEY (ReportId, Part)
) STRICT;

-- Plan - do - check - act. The outcome it came from: group, instrument without its version, perspective and area, with the mean it
-- began at. ContentSecret holds the words: goal, owner, steps, what was done, why it was reached or not. A point that is not carried
-- on names the report in which it was judged last.
CREATE TABLE ImprovementPoint (
  Id TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  MadeInReportId TEXT NOT NULL,
  ClosedInReportId TEXT NULL,
  ClientGroupId TEXT NULL,
  InstrumentId TEXT NULL,
  Perspective TEXT NULL,
  Area TEXT NULL,
  MeanAtStart INTEGER NULL,
  StartPeriod TEXT NULL,
  MeanWanted INTEGER NULL,
  DueOn TEXT NOT NULL,
  Reached TEXT NULL,
  Version INTEGER NOT NULL,
  ContentSecret BLOB NOT NULL,
  MadeAt TEXT NOT NULL,
  CONSTRAINT FK_ImprovementPoint_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_ImprovementPoint_MadeInReportId FOREIGN KEY (MadeInReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_ImprovementPoint_ClosedInReportId FOREIGN KEY (ClosedInReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_ImprovementPoint_ClientGroupId FOREIGN KEY (ClientGroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT CK_ImprovementPoint_Reached CHECK (Reached IN ('yes', 'partly', 'no')),
  CONSTRAINT PK_ImprovementPoint PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_ImprovementPoint_Place ON ImprovementPoint (PlaceId, MadeAt);

-- A file of a frozen report, made by a job. ContentSecret is NULL until it is made. Attempts: how often making it was tried.
CREATE TABLE QualityReportFile (
  ReportId TEXT NOT NULL,
  Voice TEXT NOT NULL,
  Language TEXT NOT NULL,
  Attempts INTEGER NOT NULL,
  ContentSecret BLOB NULL,
  Sha256 TEXT NULL,
  Bytes INTEGER NULL,
  MadeAt TEXT NULL,
  CONSTRAINT FK_QualityReportFile_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT CK_QualityReportFile_Voice CHECK (Voice IN ('word', 'excel', 'json')),
  CONSTRAINT PK_QualityReportFile PRIMARY KEY (ReportId, Voice, Language)
) STRICT;

-- A link to a frozen report for whoever has it, until it expires or is taken back. KeyHash: SHA-256 of the random key in the link.
CREATE TABLE QualityReportLink (
  Id TEXT NOT NULL,
  ReportId TEXT NOT NULL,
  KeyHash TEXT NOT NULL,
  MadeBy TEXT NOT NULL,
  MadeAt TEXT NOT NULL,
  ExpiresAt TEXT NOT NULL,
  CONSTRAINT FK_QualityReportLink_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_QualityReportLink_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT PK_QualityReportLink PRIMARY KEY (Id)
) STRICT;
CREATE UNIQUE INDEX UX_QualityReportLink_KeyHash ON QualityReportLink (KeyHash);
