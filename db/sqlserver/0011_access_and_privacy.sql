-- Who may, and provably: about whom, from which tablet and why in the audit trail; access in an emergency; sessions, second
-- factors and tablets; how long each kind of data is kept; and consent that was withdrawn.

-- SubjectId: the client whom it was about. DeviceId: the tablet it was done on. ReasonSecret: why, in words, where words were asked.
ALTER TABLE AuditEvent ADD SubjectId uniqueidentifier NULL;
ALTER TABLE AuditEvent ADD DeviceId uniqueidentifier NULL;
ALTER TABLE AuditEvent ADD ReasonSecret varbinary(max) NULL;
CREATE INDEX IX_AuditEvent_Subject ON AuditEvent (SubjectId, Number);
CREATE INDEX IX_AuditEvent_OccurredAt ON AuditEvent (OccurredAt, Number);

-- Somebody reads about a client outside their own places for a few hours, with a reason.
CREATE TABLE EmergencyAccess (
  Id uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  ClientId uniqueidentifier NOT NULL,
  ReasonSecret varbinary(max) NOT NULL,
  FromAt datetimeoffset(3) NOT NULL,
  UntilAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_EmergencyAccess_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT FK_EmergencyAccess_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT PK_EmergencyAccess PRIMARY KEY (Id)
);
CREATE INDEX IX_EmergencyAccess_Person ON EmergencyAccess (PersonId, UntilAt);

-- A tablet. CodeHash is the hash of the code with which it is paired, until it is; KeyHash is SHA-256 of its own random key, from then on.
CREATE TABLE Device (
  Id uniqueidentifier NOT NULL,
  Name nvarchar(100) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  CodeHash varchar(64) NULL,
  CodeUntil datetimeoffset(3) NULL,
  KeyHash varchar(64) NULL,
  AddedBy uniqueidentifier NOT NULL,
  AddedAt datetimeoffset(3) NOT NULL,
  PairedAt datetimeoffset(3) NULL,
  SeenAt datetimeoffset(3) NULL,
  RevokedAt datetimeoffset(3) NULL,
  RevokedBy uniqueidentifier NULL,
  CONSTRAINT FK_Device_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_Device_AddedBy FOREIGN KEY (AddedBy) REFERENCES Person (Id),
  CONSTRAINT FK_Device_RevokedBy FOREIGN KEY (RevokedBy) REFERENCES Person (Id),
  CONSTRAINT PK_Device PRIMARY KEY (Id)
);
CREATE INDEX IX_Device_Key ON Device (KeyHash);
CREATE INDEX IX_Device_Code ON Device (CodeHash);

-- Somebody signed in somewhere. What they sign in with names the row; ending the row ends the session at its next request.
CREATE TABLE PersonSession (
  Id uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  DeviceId uniqueidentifier NULL,
  Means varchar(30) NOT NULL,
  Browser nvarchar(100) NOT NULL,
  BeganAt datetimeoffset(3) NOT NULL,
  SeenAt datetimeoffset(3) NOT NULL,
  EndedAt datetimeoffset(3) NULL,
  CONSTRAINT FK_PersonSession_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT FK_PersonSession_DeviceId FOREIGN KEY (DeviceId) REFERENCES Device (Id),
  CONSTRAINT CK_PersonSession_Means CHECK (Means IN ('password', 'password-and-code', 'provider')),
  CONSTRAINT PK_PersonSession PRIMARY KEY (Id)
);
CREATE INDEX IX_PersonSession_Person ON PersonSession (PersonId, SeenAt);

-- A second step at signing in: a key shared with an app that shows codes. LastStep is the last half-minute of which a code was used.
CREATE TABLE SecondFactor (
  PersonId uniqueidentifier NOT NULL,
  KeySecret varbinary(max) NOT NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  ConfirmedAt datetimeoffset(3) NULL,
  LastStep bigint NOT NULL,
  CONSTRAINT FK_SecondFactor_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_SecondFactor PRIMARY KEY (PersonId)
);

-- For whoever lost the app. CodeHash is SHA-256 of a random code, good once.
CREATE TABLE RecoveryCode (
  PersonId uniqueidentifier NOT NULL,
  CodeHash varchar(64) NOT NULL,
  UsedAt datetimeoffset(3) NULL,
  CONSTRAINT FK_RecoveryCode_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_RecoveryCode PRIMARY KEY (PersonId, CodeHash)
);

-- Who somebody is at the organisation's own provider of identities. SubjectHash is keyed: issuer and subject together.
CREATE TABLE PersonLogin (
  SubjectHash varchar(64) NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  MadeAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_PersonLogin_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_PersonLogin PRIMARY KEY (SubjectHash)
);
CREATE INDEX IX_PersonLogin_Person ON PersonLogin (PersonId);

-- How long a kind of data is kept, in months. A kind without a row is kept until somebody decides.
CREATE TABLE RetentionRule (
  Kind varchar(30) NOT NULL,
  Months int NOT NULL,
  ChangedBy uniqueidentifier NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_RetentionRule_ChangedBy FOREIGN KEY (ChangedBy) REFERENCES Person (Id),
  CONSTRAINT PK_RetentionRule PRIMARY KEY (Kind)
);

-- What was taken away because its time was over: how many, never what.
CREATE TABLE RetentionRun (
  Id uniqueidentifier NOT NULL,
  Kind varchar(30) NOT NULL,
  RanAt datetimeoffset(3) NOT NULL,
  BeforeOn date NOT NULL,
  Removed int NOT NULL,
  CONSTRAINT PK_RetentionRun PRIMARY KEY (Id)
);
CREATE INDEX IX_RetentionRun_RanAt ON RetentionRun (RanAt);

-- A client who takes back what was agreed to. Kind quotes: own words are not quoted; asking: no further conversations are asked for.
CREATE TABLE ConsentWithdrawal (
  Id uniqueidentifier NOT NULL,
  ClientId uniqueidentifier NOT NULL,
  Kind varchar(30) NOT NULL,
  WithdrawnAt datetimeoffset(3) NOT NULL,
  WithdrawnBy uniqueidentifier NOT NULL,
  AgainAt datetimeoffset(3) NULL,
  AgainBy uniqueidentifier NULL,
  CONSTRAINT FK_ConsentWithdrawal_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_ConsentWithdrawal_WithdrawnBy FOREIGN KEY (WithdrawnBy) REFERENCES Person (Id),
  CONSTRAINT FK_ConsentWithdrawal_AgainBy FOREIGN KEY (AgainBy) REFERENCES Person (Id),
  CONSTRAINT CK_ConsentWithdrawal_Kind CHECK (Kind IN ('quotes', 'asking')),
  CONSTRAINT PK_ConsentWithdrawal PRIMARY KEY (Id)
);
CREATE INDEX IX_ConsentWithdrawal_Client ON ConsentWithdrawal (ClientId, Kind);
