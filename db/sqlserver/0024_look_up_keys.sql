-- The key of look-up hashes can be renewed while the service serves.

-- Of a look-up key. Tag: what hashes under it end in; NULL: nothing, for it is the first. RetiredAt: since when nothing is written under it,
-- though it is still looked under. KeptUntil: until when what cannot be hashed anew without its owner is waited for. GoneAt: since when
-- it is destroyed, and KeySecret empty.
ALTER TABLE ServiceKey ADD Tag varchar(8) NULL;
ALTER TABLE ServiceKey ADD RetiredAt datetimeoffset(3) NULL;
ALTER TABLE ServiceKey ADD KeptUntil datetimeoffset(3) NULL;
ALTER TABLE ServiceKey ADD GoneAt datetimeoffset(3) NULL;

-- Issuer and subject, from which SubjectHash can be made anew; NULL until the next sign-in of whoever was linked before there was this.
ALTER TABLE PersonLogin ADD SubjectSecret varbinary(max) NULL;

-- What PersonHash of FormerConversation is for this client: made by chance when first needed, and gone with the client.
ALTER TABLE Client ADD PersonHashSecret varbinary(max) NULL;
CREATE INDEX IX_FormerConversation_Person ON FormerConversation (PersonHash);
