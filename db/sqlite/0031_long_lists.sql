-- Lists of what only becomes more: a page is found and counted in an index, without reading what the list is of.
-- Agreements of which the client was told, by when.
CREATE INDEX IX_Agreement_Told ON Agreement (ClientId, ToldBackAt, DueOn) WHERE ToldBackAt IS NOT NULL;
-- Conversations, with what a list of them is filtered by; in the place of one by day alone.
CREATE INDEX IX_Conversation_Listed ON Conversation (ClientId, HeldOn, InstrumentId, Perspective, Outcome);
DROP INDEX IX_Conversation_Client;
