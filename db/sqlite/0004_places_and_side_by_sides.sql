-- Two things that are not one person's answers: reflections about a place, and talks in which views of one client
-- were laid side by side.

-- What a group said about its team or location. It stands apart from Conversation on purpose: nothing that counts
-- clients can count a reflection.
CREATE TABLE Reflection (
  Id TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  InstrumentVersion TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  Outcome TEXT NOT NULL,
  HeldOn TEXT NOT NULL,
  StartedAt TEXT NOT NULL,
  EndedAt TEXT NOT NULL,
  ReceivedAt TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  ContentHash TEXT NOT NULL,
  DocumentSecret BLOB NOT NULL,
  CONSTRAINT FK_Reflection_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT CK_Reflection_Perspective CHECK (Perspective IN ('client', 'relative', 'worker', 'observer', 'team')),
  CONSTRAINT CK_Reflection_Outcome CHECK (Outcome IN ('finished', 'stopped')),
  CONSTRAINT FK_Reflection_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_Reflection PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_Reflection_Place ON Reflection (PlaceId, InstrumentId, HeldOn);

-- A point that a group took on, and what came of it, as the group said the next time.
CREATE TABLE ReflectionPoint (
  Id TEXT NOT NULL,
  ReflectionId TEXT NOT NULL,
  Position INTEGER NOT NULL,
  WhatSecret BLOB NOT NULL,
  Who TEXT NOT NULL,
  NameSecret BLOB NULL,
  DueOn TEXT NULL,
  Came TEXT NULL,
  CameWordsSecret BLOB NULL,
  CameAt TEXT NULL,
  CONSTRAINT FK_ReflectionPoint_ReflectionId FOREIGN KEY (ReflectionId) REFERENCES Reflection (Id),
  CONSTRAINT CK_ReflectionPoint_Who CHECK (Who IN ('team', 'client', 'worker', 'relative', 'other')),
  CONSTRAINT CK_ReflectionPoint_Came CHECK (Came IN ('done', 'partly', 'not')),
  CONSTRAINT PK_ReflectionPoint PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_ReflectionPoint_Reflection ON ReflectionPoint (ReflectionId, Position);

-- A talk about the differences between views of one client. What was agreed stands in Agreement.
CREATE TABLE SideBySide (
  Id TEXT NOT NULL,
  ClientId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  InstrumentVersion TEXT NOT NULL,
  HeldOn TEXT NOT NULL,
  ReceivedAt TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  ContentHash TEXT NOT NULL,
  DocumentSecret BLOB NOT NULL,
  CONSTRAINT FK_SideBySide_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_SideBySide_PersonId FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT PK_SideBySide PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_SideBySide_Client ON SideBySide (ClientId, HeldOn);

-- Which conversations were laid side by side.
CREATE TABLE SideBySidePart (
  SideBySideId TEXT NOT NULL,
  ConversationId TEXT NOT NULL,
  CONSTRAINT FK_SideBySidePart_SideBySideId FOREIGN KEY (SideBySideId) REFERENCES SideBySide (Id),
  CONSTRAINT FK_SideBySidePart_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT PK_SideBySidePart PRIMARY KEY (SideBySideId, ConversationId)
) STRICT;
CREATE INDEX IX_SideBySidePart_Conversation ON SideBySidePart (ConversationId);
