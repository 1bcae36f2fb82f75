-- After the conversation and before the next: what becomes of an agreement - whose it is, done or not done with the reason, how and
-- by whom the client was told - and when somebody is asked again.

-- NULL: the client's regular worker, or whoever sent the conversation. Set where somebody took it over.
ALTER TABLE Agreement ADD OwnerId TEXT NULL CONSTRAINT FK_Agreement_OwnerId REFERENCES Person (Id);
ALTER TABLE Agreement ADD NotDoneAt TEXT NULL;
ALTER TABLE Agreement ADD NotDoneReasonSecret BLOB NULL;
ALTER TABLE Agreement ADD ToldBackHow TEXT NULL CONSTRAINT CK_Agreement_ToldBackHow CHECK (ToldBackHow IN ('talk', 'card', 'pictures', 'relative', 'other'));
ALTER TABLE Agreement ADD ToldBackBy TEXT NULL CONSTRAINT FK_Agreement_ToldBackBy REFERENCES Person (Id);

-- When and by whom somebody is asked next, where a person decided otherwise than the rhythm says. The newest row of a client and
-- choice counts; those before it are the history.
CREATE TABLE DuePlan (
  Id TEXT NOT NULL,
  ClientId TEXT NOT NULL,
  ChoiceId TEXT NOT NULL,
  PersonId TEXT NULL,
  PostponedOn TEXT NULL,
  Reason TEXT NULL,
  ReasonSecret BLOB NULL,
  MadeBy TEXT NOT NULL,
  MadeAt TEXT NOT NULL,
  CONSTRAINT FK_DuePlan_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_DuePlan_ChoiceId FOREIGN KEY (ChoiceId) REFERENCES Choice (Id),
  CONSTRAINT FK_DuePlan_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT FK_DuePlan_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT CK_DuePlan_Reason CHECK (Reason IN ('ill', 'away', 'busy', 'asked', 'other')),
  CONSTRAINT PK_DuePlan PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_DuePlan_Client ON DuePlan (ClientId, ChoiceId, MadeAt);

-- How many conversations a year one person is asked for at most, over all instruments; NULL for no limit.
ALTER TABLE ClientGroup ADD MostPerYear INTEGER NULL;
