-- Who looked at what, and what became of it: one row an event, only ever added. Each row holds the hash of the one
-- before it, so that a row that was changed or taken out shows.

CREATE TABLE AuditEvent (
  Number bigint NOT NULL,
  OccurredAt datetimeoffset(3) NOT NULL,
  ActorKind varchar(20) NOT NULL,
  ActorId uniqueidentifier NULL,
  Action varchar(40) NOT NULL,
  Resource nvarchar(200) NOT NULL,
  AddressHash varchar(64) NULL,
  Result varchar(20) NOT NULL,
  PreviousHash varchar(64) NOT NULL,
  Hash varchar(64) NOT NULL,
  CONSTRAINT CK_AuditEvent_ActorKind CHECK (ActorKind IN ('person', 'key', 'system')),
  CONSTRAINT PK_AuditEvent PRIMARY KEY (Number)
);
CREATE INDEX IX_AuditEvent_Actor ON AuditEvent (ActorId, Number);
