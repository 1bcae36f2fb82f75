-- Indexes that pages need whose length does not grow with the conversations behind them: each read more the longer an organisation asked.
-- Whose an agreement is: handed over, the client's regular worker's, or whoever led the conversation.
CREATE INDEX IX_Agreement_Owner ON Agreement (OwnerId) WHERE OwnerId IS NOT NULL;
CREATE INDEX IX_Client_RegularWorker ON Client (RegularWorkerId) WHERE RegularWorkerId IS NOT NULL;
CREATE INDEX IX_Conversation_PersonId ON Conversation (PersonId);
-- Own words beside figures begin at what was released.
CREATE INDEX IX_Quote_State ON Quote (State, ConversationId, QuestionId);
