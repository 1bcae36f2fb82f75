-- The quality report: what the organisation tells of a period, from one publication, with the texts beside the figures and the
-- improvement points that go on from one report into the next. Texts are encrypted like all free text.

-- Period: the last period of the report as the publications name it. ContentSecret: the report as it was frozen; ContentSha256 of it as text.
CREATE TABLE QualityReport (
  Id uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  Kind varchar(20) NOT NULL,
  Period varchar(20) NOT NULL,
  TitleSecret varbinary(max) NOT NULL,
  MadeBy uniqueidentifier NOT NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  FrozenBy uniqueidentifier NULL,
  FrozenAt datetimeoffset(3) NULL,
  Publication int NULL,
  ContentSecret varbinary(max) NULL,
  ContentSha256 varchar(64) NULL,
  CONSTRAINT FK_QualityReport_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_QualityReport_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT FK_QualityReport_FrozenBy FOREIGN KEY (FrozenBy) REFERENCES Person (Id),
  CONSTRAINT CK_QualityReport_Kind CHECK (Kind IN ('update', 'year', 'two-years', 'three-years')),
  CONSTRAINT PK_QualityReport PRIMARY KEY (Id)
);
CREATE INDEX IX_QualityReport_Place ON QualityReport (PlaceId, MadeAt);

-- A text of a report, as Markdown. Part: introduction, ahead, council, group/ID or heard/ID. Version: of the text, from 1.
CREATE TABLE QualityReportText (
  ReportId uniqueidentifier NOT NULL,
  Part varchar(60) NOT NULL,
  TextSecret varbinary(max) NOT NULL,
  Version int NOT NULL,
  WrittenBy uniqueidentifier NOT NULL,
  WrittenAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_QualityReportText_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_QualityReportText_WrittenBy FOREIGN KEY (WrittenBy) REFERENCES Person (Id),
  CONSTRAINT PK_QualityReportText PRIMARY KEY (ReportId, Part)
);

-- Plan - do - check - act. The outcome it came from: group, instrument without its version, perspective and area, with the mean it
-- began at. ContentSecret holds the words: goal, owner, steps, what was done, why it was reached or not. A point that is not carried
-- on names the report in which it was judged last.
CREATE TABLE ImprovementPoint (
  Id uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  MadeInReportId uniqueidentifier NOT NULL,
  ClosedInReportId uniqueidentifier NULL,
  ClientGroupId uniqueidentifier NULL,
  InstrumentId varchar(100) NULL,
  Perspective varchar(20) NULL,
  Area varchar(100) NULL,
  MeanAtStart int NULL,
  StartPeriod varchar(20) NULL,
  MeanWanted int NULL,
  DueOn date NOT NULL,
  Reached varchar(20) NULL,
  Version int NOT NULL,
  ContentSecret varbinary(max) NOT NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_ImprovementPoint_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_ImprovementPoint_MadeInReportId FOREIGN KEY (MadeInReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_ImprovementPoint_ClosedInReportId FOREIGN KEY (ClosedInReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_ImprovementPoint_ClientGroupId FOREIGN KEY (ClientGroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT CK_ImprovementPoint_Reached CHECK (Reached IN ('yes', 'partly', 'no')),
  CONSTRAINT PK_ImprovementPoint PRIMARY KEY (Id)
);
CREATE INDEX IX_ImprovementPoint_Place ON ImprovementPoint (PlaceId, MadeAt);

-- A file of a frozen report, made by a job. ContentSecret is NULL until it is made. Attempts: how often making it was tried.
CREATE TABLE QualityReportFile (
  ReportId uniqueidentifier NOT NULL,
  Voice varchar(20) NOT NULL,
  Language varchar(2) NOT NULL,
  Attempts int NOT NULL,
  ContentSecret varbinary(max) NULL,
  Sha256 varchar(64) NULL,
  Bytes int NULL,
  MadeAt datetimeoffset(3) NULL,
  CONSTRAINT FK_QualityReportFile_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT CK_QualityReportFile_Voice CHECK (Voice IN ('word', 'excel', 'json')),
  CONSTRAINT PK_QualityReportFile PRIMARY KEY (ReportId, Voice, Language)
);

-- A link to a frozen report for whoever has it, until it expires or is taken back. KeyHash: SHA-256 of the random key in the link.
CREATE TABLE QualityReportLink (
  Id uniqueidentifier NOT NULL,
  ReportId uniqueidentifier NOT NULL,
  KeyHash varchar(64) NOT NULL,
  MadeBy uniqueidentifier NOT NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  ExpiresAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_QualityReportLink_ReportId FOREIGN KEY (ReportId) REFERENCES QualityReport (Id),
  CONSTRAINT FK_QualityReportLink_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT PK_QualityReportLink PRIMARY KEY (Id)
);
CREATE UNIQUE INDEX UX_QualityReportLink_KeyHash ON QualityReportLink (KeyHash);
