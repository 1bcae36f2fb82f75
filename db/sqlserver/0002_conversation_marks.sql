-- What the answers of a conversation say about the answering (a failed check question, opposites both agreed
-- with, everything the same, too fast). Beside the answers, which never change.

-- A mark of a conversation, as found at receipt. Which marks exist is said in one place, the service.
CREATE TABLE ConversationMark (
  ConversationId uniqueidentifier NOT NULL,
  Mark varchar(60) NOT NULL,
  CONSTRAINT FK_ConversationMark_ConversationId FOREIGN KEY (ConversationId) REFERENCES Conversation (Id),
  CONSTRAINT PK_ConversationMark PRIMARY KEY (ConversationId, Mark)
);
