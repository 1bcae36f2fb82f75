-- What becomes of an agreement: whose it is, done or not done with the reason, and how and by whom the client was told.

-- NULL: the client's regular worker, or whoever sent the conversation. Set where somebody took it over.
ALTER TABLE Agreement ADD OwnerId uniqueidentifier NULL CONSTRAINT FK_Agreement_OwnerId REFERENCES Person (Id);
ALTER TABLE Agreement ADD NotDoneAt datetimeoffset(3) NULL;
ALTER TABLE Agreement ADD NotDoneReasonSecret varbinary(max) NULL;
ALTER TABLE Agreement ADD ToldBackHow varchar(20) NULL CONSTRAINT CK_Agreement_ToldBackHow CHECK (ToldBackHow IN ('talk', 'card', 'pictures', 'relative', 'other'));
ALTER TABLE Agreement ADD ToldBackBy uniqueidentifier NULL CONSTRAINT FK_Agreement_ToldBackBy REFERENCES Person (Id);
