-- Moves of clients, to another place or client group or both, that are entered ahead of their day. On that day they become a move; the
-- row stays with what became of it.
CREATE TABLE ClientMoveAhead (
  Id TEXT NOT NULL,
  ClientId TEXT NOT NULL,
  ToPlaceId TEXT NULL,
  ToGroupId TEXT NULL,
  RegularWorkerId TEXT NULL,
  MovesOn TEXT NOT NULL,
  MadeBy TEXT NOT NULL,
  MadeAt TEXT NOT NULL,
  EndedAt TEXT NULL,
  Became TEXT NULL,
  CONSTRAINT FK_ClientMoveAhead_ClientId FOREIGN KEY (ClientId) REFERENCES Client (Id),
  CONSTRAINT FK_ClientMoveAhead_ToPlaceId FOREIGN KEY (ToPlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_ClientMoveAhead_ToGroupId FOREIGN KEY (ToGroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT FK_ClientMoveAhead_RegularWorkerId FOREIGN KEY (RegularWorkerId) REFERENCES Person (Id),
  CONSTRAINT FK_ClientMoveAhead_MadeBy FOREIGN KEY (MadeBy) REFERENCES Person (Id),
  CONSTRAINT CK_ClientMoveAhead_Became CHECK (Became IN ('moved', 'withdrawn', 'left', 'closed')),
  CONSTRAINT PK_ClientMoveAhead PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_ClientMoveAhead_Day ON ClientMoveAhead (EndedAt, MovesOn);
CREATE INDEX IX_ClientMoveAhead_Client ON ClientMoveAhead (ClientId, MovesOn);
