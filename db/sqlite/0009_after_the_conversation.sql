-- What becomes of an agreement: whose it is, done or not done with the reason, and how and by whom the client was told.

-- NULL: the client's regular worker, or whoever sent the conversation. Set where somebody took it over.
ALTER TABLE Agreement ADD OwnerId TEXT NULL CONSTRAINT FK_Agreement_OwnerId REFERENCES Person (Id);
ALTER TABLE Agreement ADD NotDoneAt TEXT NULL;
ALTER TABLE Agreement ADD NotDoneReasonSecret BLOB NULL;
ALTER TABLE Agreement ADD ToldBackHow TEXT NULL CONSTRAINT CK_Agreement_ToldBackHow CHECK (ToldBackHow IN ('talk', 'card', 'pictures', 'relative', 'other'));
ALTER TABLE Agreement ADD ToldBackBy TEXT NULL CONSTRAINT FK_Agreement_ToldBackBy REFERENCES Person (Id);
