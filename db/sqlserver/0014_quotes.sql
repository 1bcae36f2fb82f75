-- What the quality officer decided about somebody's own words: whether they may stand beside the figures, and as which text.
-- Without a row nothing was decided, and nothing is shown. The text is as the client said it, or less, with names out of it.
CREATE TABLE Quote (
  ConversationId uniqueidentifier NOT NULL,
  QuestionId varchar(64) NOT NULL,
  State varchar(20) NOT NULL,
  TextSecret varbinary(max) NULL,
  Shortened bit NOT NULL,
  DecidedBy uniqueidentifier NOT NULL,
  DecidedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT FK_Quote_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT FK_Quote_DecidedBy FOREIGN KEY (DecidedBy) REFERENCES Person (Id),
  CONSTRAINT CK_Quote_State CHECK (State IN ('released', 'left-out')),
  CONSTRAINT PK_Quote PRIMARY KEY (ConversationId, QuestionId)
);
