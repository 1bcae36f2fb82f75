-- Who may, and provably: about whom, from which tablet and why in the audit trail; access in an emergency; sessions, second
-- factors and tablets; how long each kind of data is kept; and consent that was withdrawn.

-- SubjectId: the client whom it was about. DeviceId: the tablet it was done on. ReasonSecret: why, in words, where words were asked.
ALTER TABLE AuditEvent ADD SubjectId TEXT NULL;
ALTER TABLE AuditEvent ADD DeviceId TEXT NULL;
ALTER TABLE AuditEvent ADD ReasonSecret BLOB NULL;
CREATE INDEX IX_AuditEvent_Subject ON AuditEvent (SubjectId, Number);
CREATE INDEX IX_AuditEvent_OccurredAt ON AuditEvent (OccurredAt, Number);

-- Somebody reads about a client outside their own places for a few hours, with a reason.
CREATE TABLE EmergencyAccess (
  Id TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  ClientId TEXT NOT NULL,
  ReasonSecret BLOB NOT NULL,
  FromAt TEXT NOT NULL,
  UntilAt TEXT NOT NULL,
  CONSTRAINT FK_EmergencyAccess_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT FK_EmergencyAccess_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT PK_EmergencyAccess PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_EmergencyAccess_Person ON EmergencyAccess (PersonId, UntilAt);

-- A tablet. CodeHash is the hash of the code with which it is paired, until it is; KeyHash is SHA-256 of its own random key, from then on.
CREATE TABLE Device (
  Id TEXT NOT NULL,
  Name TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  CodeHash TEXT NULL,
  CodeUntil TEXT NULL,
  KeyHash TEXT NULL,
  AddedBy TEXT NOT NULL,
  AddedAt TEXT NOT NULL,
  PairedAt TEXT NULL,
  SeenAt TEXT NULL,
  RevokedAt TEXT NULL,
  RevokedBy TEXT NULL,
  CONSTRAINT FK_Device_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_Device_AddedBy FOREIGN KEY (AddedBy) REFERENCES Person (Id),
  CONSTRAINT FK_Device_RevokedBy FOREIGN KEY (RevokedBy) REFERENCES Person (Id),
  CONSTRAINT PK_Device PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_Device_Key ON Device (KeyHash);
CREATE INDEX IX_Device_Code ON Device (CodeHash);

-- Somebody signed in somewhere. What they sign in with names the row; ending the row ends the session at its next request.
CREATE TABLE PersonSession (
  Id TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  DeviceId TEXT NULL,
  Means TEXT NOT NULL,
  Browser TEXT NOT NULL,
  BeganAt TEXT NOT NULL,
  SeenAt TEXT NOT NULL,
  EndedAt TEXT NULL,
  CONSTRAINT FK_PersonSession_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT FK_PersonSession_DeviceId FOREIGN KEY (DeviceId) REFERENCES Device (Id),
  CONSTRAINT CK_PersonSession_Means CHECK (Means IN ('password', 'password-and-code', 'provider')),
  CONSTRAINT PK_PersonSession PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_PersonSession_Person ON PersonSession (PersonId, SeenAt);

-- A second step at signing in: a key shared with an app that shows codes. LastStep is the last half-minute of which a code was used.
CREATE TABLE SecondFactor (
  PersonId TEXT NOT NULL,
  KeySecret BLOB NOT NULL,
  MadeAt TEXT NOT NULL,
  ConfirmedAt TEXT NULL,
  LastStep INTEGER NOT NULL,
  CONSTRAINT FK_SecondFactor_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_SecondFactor PRIMARY KEY (PersonId)
) STRICT;

-- For whoever lost the app. CodeHash is SHA-256 of a random code, good once.
CREATE TABLE RecoveryCode (
  PersonId TEXT NOT NULL,
  CodeHash TEXT NOT NULL,
  UsedAt TEXT NULL,
  CONSTRAINT FK_RecoveryCode_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_RecoveryCode PRIMARY KEY (PersonId, CodeHash)
) STRICT;

-- Who somebody is at the organisation's own provider of identities. SubjectHash is keyed: issuer and subject together.
CREATE TABLE PersonLogin (
  SubjectHash TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  MadeAt TEXT NOT NULL,
  CONSTRAINT FK_PersonLogin_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_PersonLogin PRIMARY KEY (SubjectHash)
) STRICT;
CREATE INDEX IX_PersonLogin_Person ON PersonLogin (PersonId);

-- How long a kind of data is kept, in months. A kind without a row is kept until somebody decides.
CREATE TABLE RetentionRule (
  Kind TEXT NOT NULL,
  Months INTEGER NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedAt TEXT NOT NULL,
  CONSTRAINT FK_RetentionRule_ChangedBy FOREIGN KEY (ChangedBy) REFERENCES Person (Id),
  CONSTRAINT PK_RetentionRule PRIMARY KEY (Kind)
) STRICT;

-- What was taken away because its time was over: how many, never what.
CREATE TABLE RetentionRun (
  Id TEXT NOT NULL,
  Kind TEXT NOT NULL,
  RanAt TEXT NOT NULL,
  BeforeOn TEXT NOT NULL,
  Removed INTEGER NOT NULL,
  CONSTRAINT PK_RetentionRun PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_RetentionRun_RanAt ON RetentionRun (RanAt);

-- A client who takes back what was agreed to. Kind quotes: own words are not quoted; asking: no further conversations are asked for.
CREATE TABLE ConsentWithdrawal (
  Id TEXT NOT NULL,
  ClientId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  WithdrawnAt TEXT NOT NULL,
  WithdrawnBy TEXT NOT NULL,
  AgainAt TEXT NULL,
  AgainBy TEXT NULL,
  CONSTRAINT FK_ConsentWithdrawal_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_ConsentWithdrawal_WithdrawnBy FOREIGN KEY (WithdrawnBy) REFERENCES Person (Id),
  CONSTRAINT FK_ConsentWithdrawal_AgainBy FOREIGN KEY (AgainBy) REFERENCES Person (Id),
  CONSTRAINT CK_ConsentWithdrawal_Kind CHECK (Kind IN ('quotes', 'asking')),
  CONSTRAINT PK_ConsentWithdrawal PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_ConsentWithdrawal_Client ON ConsentWithdrawal (ClientId, Kind);
