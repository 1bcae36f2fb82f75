-- Correcting and erasing a conversation. A version that counts no more leaves what was said or what it was about, never both:
-- a corrected one keeps its document; of an erased one stays that it was there, without answers, words or person.

-- A version of a conversation that does not stand any more. Received and Ended are places in OutcomeChange: the figures published
-- between them had it in them, and whether a figure may move still depends on that. PersonHash is keyed: it meets that of the
-- person's other conversations, and nobody reads it back. Answered, Scored and Domains hold codes parted by spaces: which
-- questions had an answer, which of these a score, which domains a score; never what. Reason is a code, ReasonSecret words.
CREATE TABLE FormerConversation (
  Id TEXT NOT NULL,
  ConversationId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Became TEXT NOT NULL,
  PersonHash TEXT NOT NULL,
  PlaceId TEXT NOT NULL,
  GroupId TEXT NOT NULL,
  InstrumentId TEXT NOT NULL,
  InstrumentVersion TEXT NOT NULL,
  Perspective TEXT NOT NULL,
  Outcome TEXT NOT NULL,
  HeldOn TEXT NOT NULL,
  EndedAt TEXT NOT NULL,
  Marked INTEGER NOT NULL,
  Received INTEGER NOT NULL,
  Ended INTEGER NOT NULL,
  Answered TEXT NOT NULL,
  Scored TEXT NOT NULL,
  Domains TEXT NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  Reason TEXT NULL,
  ReasonSecret BLOB NULL,
  ContentHash TEXT NULL,
  DocumentSecret BLOB NULL,
  CONSTRAINT CK_FormerConversation_Became CHECK (Became IN ('corrected', 'erased')),
  CONSTRAINT FK_FormerConversation_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_FormerConversation_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT FK_FormerConversation_ChangedBy FOREIGN KEY (ChangedBy) REFERENCES Person (Id),
  CONSTRAINT PK_FormerConversation PRIMARY KEY (Id)
) STRICT;
CREATE INDEX IX_FormerConversation_Conversation ON FormerConversation (ConversationId, Number);
