-- Who looked at what, and what became of it: one row an event, only ever added. Each row holds the hash of the one
-- before it, so that a row that was changed or taken out shows.

CREATE TABLE AuditEvent (
  Number INTEGER NOT NULL,
  OccurredAt TEXT NOT NULL,
  ActorKind TEXT NOT NULL,
  ActorId TEXT NULL,
  Action TEXT NOT NULL,
  Resource TEXT NOT NULL,
  AddressHash TEXT NULL,
  Result TEXT NOT NULL,
  PreviousHash TEXT NOT NULL,
  Hash TEXT NOT NULL,
  CONSTRAINT CK_AuditEvent_ActorKind CHECK (ActorKind IN ('person', 'key', 'system')),
  CONSTRAINT PK_AuditEvent PRIMARY KEY (Number)
) STRICT;
CREATE INDEX IX_AuditEvent_Actor ON AuditEvent (ActorId, Number);
