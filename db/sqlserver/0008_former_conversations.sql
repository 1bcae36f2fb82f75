-- Correcting and erasing a conversation. A version that counts no more leaves what was said or what it was about, never both:
-- a corrected one keeps its document; of an erased one stays that it was there, without answers, words or person.

-- A version of a conversation that does not stand any more. Received and Ended are places in OutcomeChange: the figures published
-- between them had it in them, and whether a figure may move still depends on that. PersonHash is keyed: it meets that of the
-- person's other conversations, and nobody reads it back. Answered, Scored and Domains hold codes parted by spaces: which
-- questions had an answer, which of these a score, which domains a score; never what. Reason is a code, ReasonSecret words.
CREATE TABLE FormerConversation (
  Id uniqueidentifier NOT NULL,
  ConversationId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Became varchar(20) NOT NULL,
  PersonHash varchar(64) NOT NULL,
  PlaceId uniqueidentifier NOT NULL,
  GroupId uniqueidentifier NOT NULL,
  InstrumentId varchar(100) NOT NULL,
  InstrumentVersion varchar(20) NOT NULL,
  Perspective varchar(20) NOT NULL,
  Outcome varchar(20) NOT NULL,
  HeldOn date NOT NULL,
  EndedAt datetimeoffset(3) NOT NULL,
  Marked bit NOT NULL,
  Received bigint NOT NULL,
  Ended bigint NOT NULL,
  Answered varchar(max) NOT NULL,
  Scored varchar(max) NOT NULL,
  Domains varchar(max) NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL,
  ChangedBy uniqueidentifier NOT NULL,
  Reason varchar(40) NULL,
  ReasonSecret varbinary(max) NULL,
  ContentHash varchar(64) NULL,
  DocumentSecret varbinary(max) NULL,
  CONSTRAINT CK_FormerConversation_Became CHECK (Became IN ('corrected', 'erased')),
  CONSTRAINT FK_FormerConversation_PlaceId FOREIGN KEY (PlaceId) REFERENCES Place (Id),
  CONSTRAINT FK_FormerConversation_GroupId FOREIGN KEY (GroupId) REFERENCES ClientGroup (Id),
  CONSTRAINT FK_FormerConversation_ChangedBy FOREIGN KEY (ChangedBy) REFERENCES Person (Id),
  CONSTRAINT PK_FormerConversation PRIMARY KEY (Id)
);
CREATE INDEX IX_FormerConversation_Conversation ON FormerConversation (ConversationId, Number);
