-- Two things that are not one person's answers: reflections about a place, and talks in which views of one client
-- were laid side by side.

-- What a group said about its team or location. It stands apart from Conversation on purpose: nothing that counts
-- clients can count a reflection.
CREATE TABLE Reflection (
  Id uniqueidentifier NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  InstrumentId varchar(64) NOT NULL,
  InstrumentVersion varchar(20) NOT NULL,
  Perspective varchar(20) NOT NULL,
  Outcome varchar(20) NOT NULL,
  HeldOn date NOT NULL,
  StartedAt datetimeoffset(3) NOT NULL,
  EndedAt datetimeoffset(3) NOT NULL,
  ReceivedAt datetimeoffset(3) NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  ContentHash varchar(64) NOT NULL,
  DocumentSecret varbinary(max) NOT NULL,
  CONSTRAINT FK_Reflection_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT CK_Reflection_Perspective CHECK (Perspective IN ('client', 'relative', 'worker', 'observer', 'team')),
  CONSTRAINT CK_Reflection_Outcome CHECK (Outcome IN ('finished', 'stopped')),
  CONSTRAINT FK_Reflection_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_Reflection PRIMARY KEY (Id)
);
CREATE INDEX IX_Reflection_Place ON Reflection (PlaceId, InstrumentId, HeldOn);

-- A point that a group took on, and what came of it, as the group said the next time.
CREATE TABLE ReflectionPoint (
  Id uniqueidentifier NOT NULL,
  ReflectionId uniqueidentifier NOT NULL,
  Position int NOT NULL,
  WhatSecret varbinary(max) NOT NULL,
  Who varchar(20) NOT NULL,
  NameSecret varbinary(max) NULL,
  DueOn date NULL,
  Came varchar(20) NULL,
  CameWordsSecret varbinary(max) NULL,
  CameAt datetimeoffset(3) NULL,
  CONSTRAINT FK_ReflectionPoint_ReflectionId FOREIGN KEY (ReflectionId) REFERENCES Reflection (Id),
  CONSTRAINT CK_ReflectionPoint_Who CHECK (Who IN ('team', 'client', 'worker', 'relative', 'other')),
  CONSTRAINT CK_ReflectionPoint_Came CHECK (Came IN ('done', 'partly', 'not')),
  CONSTRAINT PK_ReflectionPoint PRIMARY KEY (Id)
);
CREATE INDEX IX_ReflectionPoint_Reflection ON ReflectionPoint (ReflectionId, Position);

-- A talk about the differences between views of one client. What was agreed stands in Agreement.
CREATE TABLE SideBySide (
  Id uniqueidentifier NOT NULL,
  ClientId uniqueidentifier NOT NULL,
  InstrumentId varchar(64) NOT NULL,
  InstrumentVersion varchar(20) NOT NULL,
  HeldOn date NOT NULL,
  ReceivedAt datetimeoffset(3) NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  ContentHash varchar(64) NOT NULL,
  DocumentSecret varbinary(max) NOT NULL,
  CONSTRAINT FK_SideBySide_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_SideBySide_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_SideBySide PRIMARY KEY (Id)
);
CREATE INDEX IX_SideBySide_Client ON SideBySide (ClientId, HeldOn);

-- Which conversations were laid side by side.
CREATE TABLE SideBySidePart (
  SideBySideId uniqueidentifier NOT NULL,
  ConversationId uniqueidentifier NOT NULL,
  CONSTRAINT FK_SideBySidePart_SideBySideId FOREIGN KEY (SideBySideId) REFERENCES SideBySide (Id),
  CONSTRAINT FK_SideBySidePart_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT PK_SideBySidePart PRIMARY KEY (SideBySideId, ConversationId)
);
CREATE INDEX IX_SideBySidePart_Conversation ON SideBySidePart (ConversationId);
