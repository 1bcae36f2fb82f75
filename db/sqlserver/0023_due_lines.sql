-- Who is due, kept as lines, so that the list is filtered, sorted and paged here. Lines follow from what is kept already and are made anew
-- where something under them changed: nothing in the last three tables is known only there.

-- Something was kept about the client from which something else follows (a line of who is due): written in the transaction of that change,
-- and taken away by whoever made anew what follows. Added to only, so that a change never waits for who reads.
CREATE TABLE ClientChange (
  Sequence bigint IDENTITY(1,1) NOT NULL CONSTRAINT PK_ClientChange PRIMARY KEY,
  ClientId uniqueidentifier NOT NULL,
  CONSTRAINT FK_ClientChange_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id)
);

-- What else the lines of a client were made from: the day, and the choices, instruments and limit of the group, as a hash.
CREATE TABLE DueClient (
  ClientId uniqueidentifier NOT NULL,
  GroupId uniqueidentifier NOT NULL,
  Basis varchar(64) NOT NULL,
  CONSTRAINT FK_DueClient_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT PK_DueClient PRIMARY KEY (ClientId)
);

-- A conversation that is to be held. Place, group and name are the client's and stand there.
CREATE TABLE DueLine (
  ClientId uniqueidentifier NOT NULL,
  ChoiceId uniqueidentifier NOT NULL,
  DueOn date NOT NULL,
  LastOn date NULL,
  LeaderId uniqueidentifier NULL,
  PlanId uniqueidentifier NULL,
  IsPostponed bit NOT NULL,
  NotReached varchar(20) NULL,
  Because varchar(20) NOT NULL,
  SinceOn date NOT NULL,
  CONSTRAINT FK_DueLine_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_DueLine_ChoiceId FOREIGN KEY (ChoiceId) REFERENCES Choice (Id),
  CONSTRAINT FK_DueLine_PlanId FOREIGN KEY (PlanId) REFERENCES DuePlan (Id),
  CONSTRAINT CK_DueLine_NotReached CHECK (NotReached IN ('never-asked', 'refused', 'stopped', 'postponed', 'moved', 'not-since')),
  CONSTRAINT CK_DueLine_Because CHECK (Because IN ('rhythm', 'not-yet', 'round', 'start', 'group-start', 'evaluation', 'after-evaluation', 'farewell')),
  CONSTRAINT PK_DueLine PRIMARY KEY (ClientId, ChoiceId)
);
CREATE INDEX IX_DueLine_DueOn ON DueLine (DueOn);

-- Whoever makes lines anew writes here first: one at a time over all nodes, so that older lines never overwrite newer ones.
CREATE TABLE DueTurn (
  Id int NOT NULL,
  Turns bigint NOT NULL,
  CONSTRAINT PK_DueTurn PRIMARY KEY (Id)
);
INSERT INTO DueTurn (Id, Turns) VALUES (1, 0);
