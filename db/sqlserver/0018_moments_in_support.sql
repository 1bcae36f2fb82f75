-- The moments in support at which somebody can be asked: the evaluations of a care plan, and the day on which somebody came into
-- another client group, which is a start of its own.

-- A day on which the care plan is evaluated with a client: those that were, and the next one where it is known.
CREATE TABLE ClientEvaluation (
  ClientId uniqueidentifier NOT NULL,
  EvaluatedOn date NOT NULL,
  CONSTRAINT FK_ClientEvaluation_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT PK_ClientEvaluation PRIMARY KEY (ClientId, EvaluatedOn)
);

-- When a client went from one client group to another. The Id is that of the change that did it.
CREATE TABLE ClientGroupMove (
  Id uniqueidentifier NOT NULL,
  ClientId uniqueidentifier NOT NULL,
  FromGroupId uniqueidentifier NOT NULL,
  ToGroupId uniqueidentifier NOT NULL,
  MovedOn date NOT NULL,
  CONSTRAINT FK_ClientGroupMove_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_ClientGroupMove_FromGroupId FOREIGN KEY (FromGroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT FK_ClientGroupMove_ToGroupId FOREIGN KEY (ToGroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT PK_ClientGroupMove PRIMARY KEY (Id)
);
CREATE INDEX IX_ClientGroupMove_Client ON ClientGroupMove (ClientId, ToGroupId, MovedOn);
